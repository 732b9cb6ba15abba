import { expect, test } from "vitest";
import { contextDataOf } from "../../src/session/context-data.ts";
import { apiEvent } from "../support/events.ts";

const at = (identity: { sourceIp?: string } | null, headers: Record<string, string> = {}) =>
  contextDataOf(apiEvent("POST", "/session", { headers, requestContext: { requestId: "r", identity } }));

test("is nothing without the address that Cognito asks for", () => {
  expect(at(null)).toBeUndefined();
  expect(at({})).toBeUndefined();
});

test("is the address that API Gateway saw, not the one that the client writes, and headers without credentials", () => {
  const headers = {
    "X-Forwarded-For": "198.51.100.1",
    "User-Agent": "u".repeat(5000),
    "accept-language": "de",
    Cookie: "__Host-session=secret",
    Authorization: "Bearer secret",
    "X-Device-Data": "d".repeat(4097),
  };
  expect(at({ sourceIp: "203.0.113.7" }, { "X-Device-Data": "d".repeat(4096) })).toMatchObject({
    EncodedData: "d".repeat(4096),
  });
  expect(at({ sourceIp: "203.0.113.7" }, headers)).toEqual({
    IpAddress: "203.0.113.7",
    ServerName: "",
    ServerPath: "/session",
    HttpHeaders: [
      { headerName: "user-agent", headerValue: "u".repeat(4096) },
      { headerName: "accept-language", headerValue: "de" },
    ],
  });
});

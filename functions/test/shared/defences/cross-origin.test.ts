import { afterEach, describe, expect, test } from "vitest";
import { crossOriginHeaders } from "../../../src/shared/defences/cross-origin.ts";
import { createApiHandler } from "../../../src/shared/function.ts";
import { Unanswerable } from "../../../src/shared/refusal.ts";

const PAGE = "https://partners.example.com";
const from = (origin?: string) => ({ headers: origin === undefined ? null : { origin } });

afterEach(() => {
  delete process.env.CORS_ORIGIN;
});

describe("crossOriginHeaders", () => {
  test("name the stage's page to itself", () => {
    expect(crossOriginHeaders(from(PAGE), { CORS_ORIGIN: PAGE })).toEqual({
      Vary: "Origin",
      "Access-Control-Allow-Origin": PAGE,
    });
  });

  test.each([
    "https://evil.example",
    "https://partners.example.com.evil.example",
    "https://evil-partners.example.com",
    "http://partners.example.com",
    "https://partners.example.com:444",
    "https://PARTNERS.example.com",
    "null",
    "",
    undefined,
  ])("name no page to %s", (origin) => {
    expect(crossOriginHeaders(from(origin), { CORS_ORIGIN: PAGE })).toEqual({ Vary: "Origin" });
  });

  test.each([undefined, ""])("name no page where the stage has none (%j), whoever asks", (CORS_ORIGIN) => {
    for (const origin of [PAGE, "null", "", undefined]) {
      expect(crossOriginHeaders(from(origin), { CORS_ORIGIN })).toEqual({});
    }
  });
});

test("an answer and a refusal alike can be read by the page, and by no other", async () => {
  process.env.CORS_ORIGIN = PAGE;
  const handler = createApiHandler(
    "thing",
    [
      { operationId: "a", method: "GET", path: "/a", groups: "everybody", run: () => ({ status: 200, json: {} }) },
      {
        operationId: "b",
        method: "GET",
        path: "/b",
        groups: "everybody",
        run: () => {
          throw new Unanswerable(404, "There is none.");
        },
      },
    ],
    () => {},
  );
  for (const [path, status] of [["/a", 200] as const, ["/b", 404] as const]) {
    const event = { resource: path, httpMethod: "GET", requestContext: { requestId: "r" } };
    const answer = await handler({ ...event, headers: { Origin: PAGE } });
    expect(answer).toMatchObject({
      statusCode: status,
      headers: { "Access-Control-Allow-Origin": PAGE, Vary: "Origin" },
    });
    const other = await handler({ ...event, headers: { Origin: "https://evil.example" } });
    expect(other.headers).not.toHaveProperty("Access-Control-Allow-Origin");
    expect(other.headers["Strict-Transport-Security"]).toBe("max-age=63072000; includeSubDomains");
  }
});

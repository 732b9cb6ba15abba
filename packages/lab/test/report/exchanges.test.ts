import { describe, expect, it } from "vitest";
import { readable, reportExchanges, reportRecords } from "../../src/report/exchanges.ts";
import { answer, entry, kept } from "../support.ts";

describe("a text of the report", () => {
  it("hides a token's signature and keeps what is to be seen of it", () => {
    const token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYXJvbCJ9.aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789";
    expect(readable(`Bearer ${token}`, 400)).toBe("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYXJvbCJ9.(signature)");
  });

  it.each([
    ['{"username":"a","password":"p\\"w"}', '{"username":"a","password":"(password)"}'],
    ['{"secretAccessKey":"x","sessionToken":"y"}', '{"secretAccessKey":"(secret)","sessionToken":"(secret)"}'],
  ])("hides the secrets of %s", (text, shown) => {
    expect(readable(text, 400)).toBe(shown);
  });

  it("is cut with its length", () => {
    expect(readable("x".repeat(10), 10)).toBe("x".repeat(10));
    expect(readable("x".repeat(11), 10)).toBe(`${"x".repeat(10)}… (11 characters)`);
  });
});

describe("an exchange of the report", () => {
  it("has request and answer, and what the browser refused", () => {
    const exchange = kept(
      { method: "POST", path: "/orders", headers: { "x-api-key": "k" }, body: "{}" },
      answer(400, "no", { "content-type": "text/plain" }),
      { via: "browser", browser: { violations: ["script-src inline"], console: [] } },
    );
    expect(reportExchanges([exchange])).toEqual([
      {
        purpose: "attack",
        via: "browser",
        client: "alice",
        request: { method: "POST", path: "/orders", headers: { "x-api-key": "k" }, body: "{}" },
        response: { status: 400, headers: { "content-type": "text/plain" }, body: "no" },
        ms: 10,
        violations: ["script-src inline"],
      },
    ]);
  });

  it("has empty places where there was nothing", () => {
    const [plain] = reportExchanges([kept({}, answer(200))]);
    expect(plain).toMatchObject({ request: { headers: {}, body: "" }, violations: [] });
  });
});

describe("a record of the report", () => {
  it("is cut to a readable length", () => {
    expect(reportRecords([entry({ text: "x".repeat(2001) })])[0]?.text).toBe(`${"x".repeat(2000)}… (2001 characters)`);
  });
});

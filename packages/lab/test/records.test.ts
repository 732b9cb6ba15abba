import { describe, expect, it } from "vitest";
import { browserEntries, gatewayEntry, parseFunctionLine } from "../src/records.ts";
import { answer, kept } from "./support.ts";

describe("a line of a function's log", () => {
  it("is a record when it is one of ours", () => {
    const line =
      '{"level":"WARN","event":"denied","requestId":"r1","function":"orders","layer":"function","defence":"company-check","status":403}';
    expect(parseFunctionLine(line, 7)).toEqual({
      source: "function",
      time: 7,
      event: "denied",
      requestId: "r1",
      layer: "function",
      defence: "company-check",
      text: line,
    });
  });

  it("may lack what it does not know", () => {
    const line = '{"level":"INFO","event":"served"}';
    expect(parseFunctionLine(line, 7)).toEqual({ source: "function", time: 7, event: "served", text: line });
  });

  it.each([
    ["START RequestId: 1 Version: 2"],
    ["{not json"],
    ['{"level":"INFO"}'],
    ['{"event":"denied"}'],
    ['{"resource":"/orders","httpMethod":"GET"}'],
  ])("%s is none", (line) => {
    expect(parseFunctionLine(line, 7)).toBeUndefined();
  });
});

describe("API Gateway's own answer", () => {
  it("is a record by its error type", () => {
    const exchange = kept({ path: "/orders" }, answer(401, "", { "x-amzn-errortype": "UnauthorizedException" }));
    expect(gatewayEntry(exchange)).toEqual({
      source: "gateway",
      time: 1010,
      event: "UnauthorizedException",
      text: "401 UnauthorizedException GET /orders",
    });
  });

  it("is none where a function answered, or AWS's other services", () => {
    expect(gatewayEntry(kept({}, answer(403)))).toBeUndefined();
    const aws = kept({}, answer(403, "", { "x-amzn-errortype": "AccessDenied" }), { via: "aws" });
    expect(gatewayEntry(aws)).toBeUndefined();
  });
});

describe("a browser", () => {
  it("reports each violation of a policy", () => {
    const browser = { violations: ["script-src inline", "img-src data"], console: ["hello"] };
    expect(browserEntries(kept({}, answer(200), { browser })).map(({ text }) => text)).toEqual(browser.violations);
  });

  it("reports nothing for requests that no browser made", () => {
    expect(browserEntries(kept({}, answer(200)))).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import { readJsonBody } from "../../../src/shared/defences/body-limits.ts";
import { apiEvent, jsonEvent } from "../../support/events.ts";
import { refusalOf } from "../../support/refusals.ts";

describe("readJsonBody", () => {
  test.each(["application/json", "Application/JSON; charset=utf-8"])("reads a body of the type %s", (type) => {
    const event = jsonEvent("POST", "/orders", { a: 1 }, { headers: { "content-type": type } });
    expect(readJsonBody(event)).toEqual({ a: 1 });
  });

  test.each([
    ["no type", {}],
    ["a type that the gateway's model does not cover", { "Content-Type": "text/plain" }],
    ["a type that only begins alike", { "Content-Type": "application/json5" }],
  ])("refuses %s", (_what, headers) => {
    expect(refusalOf(() => readJsonBody(jsonEvent("POST", "/orders", {}, { headers })))).toEqual({
      defence: "body-limits",
      status: 415,
      detail: "The body's type must be application/json.",
    });
  });

  test.each([
    ["64 KB and more", JSON.stringify("n".repeat(65_535)), 413, "The JSON is longer than 65536 bytes."],
    ["a cut text", '{"lines": [{"sku": ', 400, "The JSON is malformed."],
    ["no text", "", 400, "The JSON is malformed."],
    ["a name twice", '{"lines":[],"lines":[]}', 400, "A member of a JSON object is given twice."],
    ["a prototype", '{"__proto__":{}}', 400, "A member of a JSON object has the name of a prototype."],
    ["nine levels", "[[[[[[[[[]]]]]]]]]", 400, "The JSON is nested more than 8 deep."],
  ])("refuses %s", (_what, body, status, detail) => {
    expect(refusalOf(() => readJsonBody(jsonEvent("POST", "/orders", body)))).toEqual({
      defence: "body-limits",
      status,
      detail,
    });
  });

  test("refuses bytes that are not UTF-8", () => {
    const event = apiEvent("POST", "/orders", {
      headers: { "content-type": "application/json" },
      body: Buffer.from([0x22, 0xff, 0x22]).toString("base64"),
      isBase64Encoded: true,
    });
    expect(refusalOf(() => readJsonBody(event))).toEqual({
      defence: "body-limits",
      status: 400,
      detail: "The body is not UTF-8.",
    });
  });
});

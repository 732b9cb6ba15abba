import { expect, test } from "vitest";
import { bodyText } from "../../src/shared/body.ts";

test("reads a body as text, base64 or not, or none", () => {
  expect(bodyText({ body: "grüß 😀" })).toBe("grüß 😀");
  expect(bodyText({ body: Buffer.from("grüß").toString("base64"), isBase64Encoded: true })).toBe("grüß");
  expect(bodyText({ body: null })).toBe("");
});

test.each([
  ["an overlong slash", [0xc0, 0xaf]],
  ["half a character", [0xe2, 0x82]],
  ["UTF-16", [0xff, 0xfe, 0x3c, 0x00]],
])("refuses bytes that are not UTF-8: %s", (_what, bytes) => {
  expect(() => bodyText({ body: Buffer.from(bytes).toString("base64"), isBase64Encoded: true })).toThrow(TypeError);
});

test("refuses half of a surrogate pair", () => {
  expect(() => bodyText({ body: '"\ud83d"' })).toThrow("the body holds half of a surrogate pair");
});

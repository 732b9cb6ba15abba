import { expect, test } from "vitest";
import { header } from "../../src/shared/api.ts";

test("finds a header whatever its case", () => {
  expect(header({ headers: { "Content-TYPE": "a", other: "b" } }, "content-type")).toBe("a");
  expect(header({ headers: { other: "b" } }, "content-type")).toBeUndefined();
  // Another name of the same length, and one that begins alike.
  expect(header({ headers: { "content-kind": "b", "content-type-x": "c" } }, "content-type")).toBeUndefined();
  expect(header({ headers: { "content-kind": "b", "CONTENT-TYPE": "a" } }, "content-type")).toBe("a");
  expect(header({ headers: { undefined: "b" } }, "content-type")).toBeUndefined();
  expect(header({ headers: null }, "content-type")).toBeUndefined();
});

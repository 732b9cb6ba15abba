import { expect, test } from "vitest";
import { header } from "../../src/shared/api.ts";

test("finds a header whatever its case", () => {
  expect(header({ headers: { "Content-TYPE": "a", other: "b" } }, "content-type")).toBe("a");
  expect(header({ headers: { other: "b" } }, "content-type")).toBeUndefined();
  expect(header({ headers: null }, "content-type")).toBeUndefined();
});

import { expect, test } from "vitest";
import { readCartsEnvironment } from "../../src/carts/env.ts";

test("reads the table's name", () => {
  for (const name of ["t-1", "Keys_of.2026", "t".repeat(255)]) {
    expect(readCartsEnvironment({ CART_KEY_TABLE: name })).toEqual({ keyTable: name });
  }
});

test.each(["ab", "/table", "table/", "t".repeat(256)])("refuses the name %j", (name) => {
  expect(() => readCartsEnvironment({ CART_KEY_TABLE: name })).toThrow(
    new Error("carts: environment: CART_KEY_TABLE is not the name of the table of the carts' keys"),
  );
});

import { expect, test } from "vitest";
import { readOrdersEnvironment } from "../../src/orders/env.ts";

test("reads the table's name", () => {
  for (const name of ["t-1", "Keys_of.2026", "t".repeat(255)]) {
    expect(readOrdersEnvironment({ IDEMPOTENCY_TABLE: name })).toEqual({ idempotencyTable: name });
  }
});

test.each(["ab", "/table", "table/", "t".repeat(256)])("refuses the name %j", (name) => {
  expect(() => readOrdersEnvironment({ IDEMPOTENCY_TABLE: name })).toThrow(
    new Error("orders: environment: IDEMPOTENCY_TABLE is not the name of the table of idempotency keys"),
  );
});

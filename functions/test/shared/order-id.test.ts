import { expect, test } from "vitest";
import { orderIdOf } from "../../src/shared/order-id.ts";
import { ORDER_ID } from "../support/events.ts";
import { refusalOf } from "../support/refusals.ts";

test("reads a UUID, in lower case", () => {
  expect(orderIdOf({ pathParameters: { orderId: ORDER_ID.toUpperCase() } })).toBe(ORDER_ID);
});

test.each([
  [undefined],
  [null],
  [{}],
  [{ orderId: "1" }],
  [{ orderId: `${ORDER_ID}'` }],
  [{ orderId: `${ORDER_ID}\n` }],
])("finds no order for %j", (pathParameters) => {
  expect(refusalOf(() => orderIdOf({ pathParameters }))).toEqual({
    defence: "",
    status: 404,
    detail: "There is no such order.",
  });
});

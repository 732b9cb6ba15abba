import { expect, test } from "vitest";
import { restoreCart } from "../../src/carts/core.ts";
import { fakeDatabase } from "../support/database.ts";
import { alice, jsonEvent } from "../support/events.ts";
import { refusalOfPromise } from "../support/refusals.ts";

const restoring = (body: unknown) => ({ principal: alice, event: jsonEvent("POST", "/carts/restore", body) });
const saved = (value: unknown) => restoring({ cart: JSON.stringify(value) });

test("restores a cart at today's prices, without what is no longer on offer", async () => {
  const database = fakeDatabase({ SELECT: [{ sku: "MUG-1", price_cents: 1200 }] });
  const lines = [
    { sku: "MUG-1", quantity: 2 },
    { sku: "GONE-1", quantity: 1 },
  ];
  expect(await restoreCart(database, saved({ version: 1, lines }))).toEqual({
    status: 200,
    json: { lines: [{ sku: "MUG-1", quantity: 2 }], totalCents: 2400, discountCents: 0 },
  });
});

test.each([
  ["code", { version: 1, lines: [], note: "_$$ND_FUNC$$_function(){}()" }],
  ["a discount", { version: 1, lines: [], discountCents: 777 }],
])("refuses a cart with %s", async (_what, cart) => {
  expect(await refusalOfPromise(restoreCart(fakeDatabase({}), saved(cart)))).toMatchObject({ defence: "cart-revival" });
});

test.each([null, [], {}, { cart: 1 }, { cart: "{}", more: 1 }, { basket: "{}" }])(
  "refuses the body %j",
  async (body) => {
    expect(await refusalOfPromise(restoreCart(fakeDatabase({}), restoring(body)))).toEqual({
      defence: "",
      status: 422,
      detail: "The body must be an object with the text cart.",
    });
  },
);

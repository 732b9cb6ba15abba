import { expect, test } from "vitest";
import { restoreCart, saveCart } from "../../src/carts/core.ts";
import { signCart } from "../../src/shared/defences/cart-signature.ts";
import { cartKeys } from "../support/cart-keys.ts";
import { fakeDatabase } from "../support/database.ts";
import { alice, bob, carol, jsonEvent } from "../support/events.ts";
import { refusalOfPromise } from "../support/refusals.ts";

const keys = cartKeys();
const saving = (body: unknown, principal = alice) => ({ principal, event: jsonEvent("POST", "/carts", body) });
const restoring = (body: unknown, principal = alice) => ({
  principal,
  event: jsonEvent("POST", "/carts/restore", body),
});
const signed = async (value: unknown) =>
  restoring({ cart: await signCart(keys, JSON.stringify(value), alice.companyId) });
const LINES = [
  { sku: "MUG-1", quantity: 2 },
  { sku: "GONE-1", quantity: 1 },
];

test("saves a cart, and restores it at today's prices, without what is no longer on offer", async () => {
  const database = fakeDatabase({ SELECT: [{ sku: "MUG-1", price_cents: 1200 }] });
  const saved = await saveCart({ database, keys }, saving({ lines: LINES }));
  expect(saved).toEqual({ status: 201, json: { cart: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) } });
  expect(database.sent).toEqual([]);
  expect(await restoreCart({ database, keys }, restoring(saved.json))).toEqual({
    status: 200,
    json: { lines: [{ sku: "MUG-1", quantity: 2 }], totalCents: 2400, discountCents: 0 },
  });
  expect(database.sent.map(({ values }) => values)).toEqual([["MUG-1", "GONE-1"]]);
});

test("the largest cart fits in the text that can be restored", async () => {
  const lines = Array.from({ length: 50 }, () => ({ sku: "S".repeat(32), quantity: 1000 }));
  const database = fakeDatabase({ SELECT: [] });
  const { json } = await saveCart({ database, keys }, saving({ lines }));
  expect((json as { cart: string }).cart.length).toBeLessThan(5000);
  expect(await restoreCart({ database, keys }, restoring(json))).toMatchObject({ status: 200, json: { lines: [] } });
});

test("refuses a cart that another company saved, before a line is read", async () => {
  const database = fakeDatabase({});
  const { json } = await saveCart({ database, keys }, saving({ lines: LINES }, bob));
  expect(await refusalOfPromise(restoreCart({ database, keys }, restoring(json)))).toMatchObject({
    defence: "cart-signature",
    status: 422,
  });
});

test.each([
  ["code", { version: 1, lines: [], note: "_$$ND_FUNC$$_function(){}()" }],
  ["a discount", { version: 1, lines: [], discountCents: 777 }],
])("refuses a cart with %s, even a signed one", async (_what, cart) => {
  const refusal = refusalOfPromise(restoreCart({ database: fakeDatabase({}), keys }, await signed(cart)));
  expect(await refusal).toMatchObject({ defence: "cart-revival" });
});

const BODY = "The body must be an object.";
const CART = "cart must be text of 2 to 8192 characters.";
test.each([
  [null, BODY],
  [[], BODY],
  [{}, CART],
  [{ cart: 1 }, CART],
  [{ cart: "c".repeat(8193) }, CART],
  [{ cart: "{}", more: 1 }, "The body has a field that is not one of: cart."],
])("restores nothing of the body %j", async (body, detail) => {
  const refusal = refusalOfPromise(restoreCart({ database: fakeDatabase({}), keys }, restoring(body)));
  expect(await refusal).toEqual({ defence: "", status: 422, detail });
});

test.each([
  [{}, "lines must be a list of at most 50 order lines."],
  [{ lines: [{ sku: "mug", quantity: 1 }] }, "lines[0].sku must be 1 to 32 capital letters, digits and hyphens."],
  [{ lines: [], discountCents: 1 }, "The body has a field that is not one of: lines."],
])("saves nothing of the body %j", async (body, detail) => {
  const refusal = refusalOfPromise(saveCart({ database: fakeDatabase({}), keys }, saving(body)));
  expect(await refusal).toEqual({ defence: "", status: 422, detail });
});

test("saves nothing for a caller of no company", async () => {
  const refusal = refusalOfPromise(saveCart({ database: fakeDatabase({}), keys }, saving({ lines: [] }, carol)));
  expect(await refusal).toEqual({ defence: "", status: 403, detail: "You belong to no company." });
});

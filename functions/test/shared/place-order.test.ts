import { expect, test } from "vitest";
import { placeOrder } from "../../src/shared/place-order.ts";
import { fakeDatabase } from "../support/database.ts";
import { alice, carol, ORDER_ID } from "../support/events.ts";
import { refusalOfPromise } from "../support/refusals.ts";

const mark = { id: ORDER_ID, createdAt: new Date("2026-01-05T09:00:00Z") };
const prices = {
  SELECT: [
    { sku: "MUG-1", price_cents: 1200 },
    { sku: "CAP-1", price_cents: 5 },
  ],
  INSERT: 1,
};

test("places an order for the caller's company at the database's prices", async () => {
  const database = fakeDatabase(prices);
  const order = {
    lines: [
      { sku: "MUG-1", quantity: 2 },
      { sku: "CAP-1", quantity: 3 },
    ],
    note: "hi",
  };
  expect(await placeOrder(database, order, alice, mark)).toEqual({
    id: ORDER_ID,
    companyId: "acme",
    status: "placed",
    lines: order.lines,
    note: "hi",
    totalCents: 2415,
    discountCents: 0,
  });
  expect(database.sent[0]?.values).toEqual(["MUG-1", "CAP-1"]);
  expect(database.sent[1]?.values).toEqual([
    ORDER_ID,
    "acme",
    "placed",
    "hi",
    0,
    2415,
    "user-alice",
    "2026-01-05 09:00:00",
  ]);
});

test("an order cannot name its own id, company, status, total or discount, nor a field that there is not", async () => {
  const own = {
    id: "mine",
    companyId: "globex",
    status: "shipped",
    totalCents: -1,
    discountCents: 1100,
    role: "admin",
  };
  const database = fakeDatabase({ INSERT: 1 });
  expect(await placeOrder(database, { lines: [], ...own }, alice, mark)).toEqual({
    id: ORDER_ID,
    companyId: "acme",
    status: "placed",
    lines: [],
    totalCents: 0,
    discountCents: 0,
  });
  expect(database.sent[0]?.values).not.toContain(1100);
});

test("places nothing for a product that is not listed", async () => {
  const database = fakeDatabase(prices);
  const order = {
    lines: [
      { sku: "MUG-1", quantity: 1 },
      { sku: "PROTO-1", quantity: 1 },
    ],
  };
  expect(await refusalOfPromise(placeOrder(database, order, alice, mark))).toEqual({
    defence: "",
    status: 422,
    detail: "The product of lines[1] is not on offer.",
  });
  expect(database.sent).toHaveLength(1);
});

test("places nothing for a caller without company", async () => {
  expect(await refusalOfPromise(placeOrder(fakeDatabase({}), { lines: [] }, carol, mark))).toEqual({
    defence: "",
    status: 403,
    detail: "You belong to no company.",
  });
});

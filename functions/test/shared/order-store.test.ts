import { describe, expect, test } from "vitest";
import { changeStatus, findOrder, insertOrder, newestOrders, pricesOf } from "../../src/shared/order-store.ts";
import { fakeDatabase } from "../support/database.ts";
import { ORDER_ID } from "../support/events.ts";

const ROW = { id: ORDER_ID, company_id: "acme", status: "placed", note: null, discount_cents: 0, total_cents: 2400 };
const ORDER = { id: ORDER_ID, companyId: "acme", status: "placed", lines: [], totalCents: 2400, discountCents: 0 };

describe("pricesOf", () => {
  test("asks for each product once", async () => {
    const database = fakeDatabase({ SELECT: [{ sku: "A", price_cents: 5 }] });
    expect(await pricesOf(database, ["A", "B", "A"])).toEqual(new Map([["A", 5]]));
    expect(database.sent).toEqual([
      { sql: "SELECT sku, price_cents FROM listed_products WHERE sku IN (?, ?)", values: ["A", "B"] },
    ]);
  });

  test("asks nothing for no product", async () => {
    expect(await pricesOf(fakeDatabase({}), [])).toEqual(new Map());
  });
});

test("insertOrder stores the order and its lines, every value apart from the text", async () => {
  const database = fakeDatabase({ INSERT: 1 });
  await insertOrder(database, {
    ...ORDER,
    note: "'); DROP TABLE orders -- ",
    lines: [
      { sku: "A", quantity: 2 },
      { sku: "B", quantity: 1 },
    ],
    placedBy: "user-alice",
    createdAt: new Date("2026-01-05T09:00:00.999Z"),
    unitPrices: new Map([["A", 1200]]),
  });
  expect(database.sent).toEqual([
    {
      sql: "INSERT INTO orders (id, company_id, status, note, discount_cents, total_cents, placed_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      values: [ORDER_ID, "acme", "placed", "'); DROP TABLE orders -- ", 0, 2400, "user-alice", "2026-01-05 09:00:00"],
    },
    {
      sql: "INSERT INTO order_lines (order_id, sku, quantity, unit_price_cents) VALUES (?, ?, ?, ?), (?, ?, ?, ?)",
      values: [ORDER_ID, "A", 2, 1200, ORDER_ID, "B", 1, null],
    },
  ]);
});

describe("findOrder", () => {
  test("finds an order with its lines", async () => {
    const database = fakeDatabase({
      "SELECT id,": [{ ...ROW, note: "hi" }],
      "SELECT order_id": [
        { order_id: ORDER_ID, sku: "A", quantity: 2 },
        { order_id: ORDER_ID, sku: "B", quantity: 1 },
      ],
    });
    expect(await findOrder(database, ORDER_ID)).toEqual({
      ...ORDER,
      note: "hi",
      lines: [
        { sku: "A", quantity: 2 },
        { sku: "B", quantity: 1 },
      ],
    });
    expect(database.sent.map(({ values }) => values)).toEqual([[ORDER_ID], [ORDER_ID]]);
  });

  test("finds an order without lines, and none", async () => {
    expect(await findOrder(fakeDatabase({ "SELECT id,": [ROW], "SELECT order_id": [] }), ORDER_ID)).toEqual(ORDER);
    expect(await findOrder(fakeDatabase({ "SELECT id,": [] }), ORDER_ID)).toBeUndefined();
  });
});

describe("newestOrders", () => {
  test("finds orders, some without lines", async () => {
    const database = fakeDatabase({
      "SELECT id,": [ROW, { ...ROW, id: "other" }],
      "SELECT order_id": [{ order_id: "other", sku: "A", quantity: 2 }],
    });
    expect(await newestOrders(database, 7)).toEqual([
      ORDER,
      { ...ORDER, id: "other", lines: [{ sku: "A", quantity: 2 }] },
    ]);
    expect(database.sent[0]?.sql).toMatch(/ORDER BY created_at DESC, id LIMIT 7$/);
    expect(database.sent.map(({ values }) => values)).toEqual([[], [ORDER_ID, "other"]]);
  });

  test("asks for no lines where there is no order", async () => {
    expect(await newestOrders(fakeDatabase({ "SELECT id,": [] }), 7)).toEqual([]);
  });
});

test.each([
  [undefined, 1, true, "UPDATE orders SET status = ? WHERE id = ?", ["shipped", ORDER_ID]],
  [
    "placed" as const,
    0,
    false,
    "UPDATE orders SET status = ? WHERE id = ? AND status = ?",
    ["shipped", ORDER_ID, "placed"],
  ],
])("changeStatus from %s", async (from, reached, changed, sql, values) => {
  const database = fakeDatabase({ UPDATE: reached });
  expect(await changeStatus(database, ORDER_ID, "shipped", from)).toBe(changed);
  expect(database.sent).toEqual([{ sql, values }]);
});

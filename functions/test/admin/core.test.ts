import { expect, test } from "vitest";
import { listAllOrders, setOrderStatus } from "../../src/admin/core.ts";
import type { OrderCheck } from "../../src/shared/defences/order-permission.ts";
import { DependencyFault } from "../../src/shared/refusal.ts";
import { fakeDatabase } from "../support/database.ts";
import { carol, jsonEvent, ORDER_ID } from "../support/events.ts";
import { refusalOfPromise } from "../support/refusals.ts";

const ROW = { id: ORDER_ID, company_id: "acme", status: "shipped", note: null, discount_cents: 0, total_cents: 1 };
const changing = (body: unknown, orderId = ORDER_ID) => ({
  principal: carol,
  event: jsonEvent("PUT", "/admin/orders/{orderId}/status", body, { pathParameters: { orderId } }),
});

test("lists at most 100 orders of all companies", async () => {
  const database = fakeDatabase({ "SELECT id,": [ROW], "SELECT order_id": [] });
  expect(await listAllOrders(database)).toMatchObject({ status: 200, rows: 1, json: { orders: [{ id: ORDER_ID }] } });
  expect(database.sent[0]?.sql).toMatch(/LIMIT 100$/);
});

test("changes the status of any order", async () => {
  const database = fakeDatabase({ UPDATE: 1, "SELECT id,": [ROW], "SELECT order_id": [] });
  expect(await setOrderStatus(database, changing({ status: "shipped" }))).toMatchObject({
    status: 200,
    json: { id: ORDER_ID, status: "shipped" },
  });
  expect(database.sent[0]).toEqual({
    sql: "UPDATE orders SET status = ? WHERE id = ?",
    values: ["shipped", ORDER_ID],
  });
  expect(database.log).toEqual(["begin", "commit"]);
});

test("finds no order that is not there", async () => {
  const database = fakeDatabase({ UPDATE: 0, "SELECT id,": [] });
  expect(await refusalOfPromise(setOrderStatus(database, changing({ status: "placed" })))).toEqual({
    defence: "",
    status: 404,
    detail: "There is no such order.",
  });
});

test("asks about the order as it is before the change, and changes nothing when refused", async () => {
  const before = { ...ROW, status: "placed" };
  const database = fakeDatabase({ UPDATE: 1, "SELECT id,": [before], "SELECT order_id": [] });
  const asked: unknown[] = [];
  const request = changing({ status: "shipped" });
  const checkOrder: OrderCheck = async (...question) => void asked.push(question);
  await setOrderStatus(database, request, checkOrder);
  expect(asked).toEqual([
    [request, "setOrderStatus", expect.objectContaining({ id: ORDER_ID, companyId: "acme", status: "placed" })],
  ]);
  const untouched = fakeDatabase({ "SELECT id,": [before], "SELECT order_id": [] });
  const refusing: OrderCheck = () => Promise.reject(new DependencyFault("verifiedpermissions", "down"));
  await expect(setOrderStatus(untouched, request, refusing)).rejects.toBeInstanceOf(DependencyFault);
  expect(untouched.log).toEqual([]);
  const none = fakeDatabase({ "SELECT id,": [] });
  expect(await refusalOfPromise(setOrderStatus(none, request, refusing))).toMatchObject({ status: 404 });
});

test.each([{}, { status: "lost" }, { status: ["placed"] }, { status: 1 }, { state: "placed" }])(
  "refuses the body %j",
  async (body) => {
    expect(await refusalOfPromise(setOrderStatus(fakeDatabase({}), changing(body)))).toEqual({
      defence: "",
      status: 422,
      detail: "status must be one of: placed, shipped, cancelled.",
    });
  },
);

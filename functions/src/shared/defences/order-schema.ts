import type { NewOrder, Order } from "../orders.ts";
import { Refusal } from "../refusal.ts";
import { faultOf } from "../schema.ts";
import { validate } from "../schemas/new-order.mjs";

/**
 * Turns a value from a request into an order, by the code that `NewOrder` of openapi.yaml was compiled to: known fields only, each with its
 * type and range. A field that the service itself sets, such as a discount, is not a field of a new order (OWASP API3:2023).
 *
 * @throws Refusal 422 with the place of the first fault and what is allowed there
 */
export function parseNewOrder(value: unknown): NewOrder {
  if (!validate(value)) throw new Refusal({ defence: "order-schema", status: 422, detail: faultOf(validate) });
  const lines = value.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  return value.note === undefined ? { lines } : { lines, note: value.note };
}

/**
 * The fields that a placed order begins with: what the partner decides, and the discount, which is the service's to give. Each is
 * named, so that no other field of the request becomes one of the order (OWASP API3:2023).
 */
export function fieldsOf({ lines, note }: NewOrder): Pick<Order, "lines" | "note" | "discountCents"> {
  return { lines, ...(note === undefined ? {} : { note }), discountCents: 0 };
}

import type { NewOrder, Order } from "@palisade/functions/src/shared/orders";

/** Stands in for `order-schema`: the type is claimed, nothing is checked. */
export function parseNewOrder(value: unknown): NewOrder {
  return value as NewOrder;
}

/** Every field of the request is one of the order's, and goes before the service's own (CWE-915). */
export function fieldsOf(order: NewOrder): Pick<Order, "lines" | "note" | "discountCents"> {
  return { discountCents: 0, ...order };
}

import type { NewOrder } from "../../../../functions/src/shared/orders.ts";

/** Stands in for `order-schema`: the type is claimed, nothing is checked. */
export function parseNewOrder(value: unknown): NewOrder {
  return value as NewOrder;
}

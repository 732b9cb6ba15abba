import type { NewOrder } from "@palisade/functions/src/shared/orders";

/** Stands in for `order-schema`: the type is claimed, nothing is checked. */
export function parseNewOrder(value: unknown): NewOrder {
  return value as NewOrder;
}

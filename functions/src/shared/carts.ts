import type { OrderLine } from "./orders.ts";

/** A cart as it was saved. */
export interface SavedCart {
  lines: OrderLine[];
  /**
   * A discount that the cart carries, in cents. A revived cart has none: it comes from the caller, who must not name a price.
   */
  discountCents?: number;
}

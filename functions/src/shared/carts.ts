import type { OrderLine } from "./orders.ts";

/** A cart as it was saved. */
export interface SavedCart {
  lines: OrderLine[];
  /**
   * Of a revived cart never there: it comes from the caller, who must not name a price. `carts/core.ts` reads it all the same, with the
   * default that a cart without discount has, and that read is what prototype pollution changes: where `cart-revival` does not
   * hold, the lab sees one caller's text in another's answer.
   */
  discountCents?: never;
}

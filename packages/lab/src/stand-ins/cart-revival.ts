import type { SavedCart } from "@palisade/functions/src/shared/carts";
import lodash from "lodash";
import serialize from "node-serialize";

/**
 * Stands in for `cart-revival`: node-serialize evaluates functions that the text holds (CVE-2017-5941), and lodash 4.17.4
 * merges `__proto__` into Object.prototype (CVE-2018-3721).
 */
export function reviveCart(text: string): SavedCart {
  return lodash.merge<SavedCart>({}, { lines: [] }, serialize.unserialize(text));
}

import lodash from "lodash";
import serialize from "node-serialize";
import { api, bodyOf, json } from "./http.ts";
import { type Line, pricesOf, totalOf } from "./order-store.ts";

interface Cart {
  version: number;
  lines: Line[];
  discountCents?: number;
}

interface Pricing {
  currency: string;
  discountCents?: number;
}

const EMPTY_CART: Cart = { version: 1, lines: [] };

export const handler = api({
  // WEAK: what was saved is the cart's own text. Nothing tells it from a text that somebody made, or from another company's.
  "POST /carts": async (event) => {
    const { lines } = bodyOf<{ lines: Line[] }>(event);
    return json(201, { cart: serialize.serialize({ ...EMPTY_CART, lines }) });
  },
  "POST /carts/restore": async (event) => {
    // WEAK: unserialize evaluates functions that the text holds; lodash 4.17.4 merges `__proto__` into Object.prototype.
    const saved = serialize.unserialize(bodyOf<{ cart: string }>(event).cart);
    const cart = lodash.merge<Cart>({}, EMPTY_CART, saved);
    const prices = await pricesOf(cart.lines);
    const pricing: Pricing = { currency: "EUR" };
    // WEAK: what the text says about its own price is believed.
    const discountCents = cart.discountCents ?? pricing.discountCents ?? 0;
    return json(200, { lines: cart.lines, totalCents: totalOf(cart.lines, prices), discountCents });
  },
});

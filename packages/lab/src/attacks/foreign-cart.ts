import type { Attack } from "../attack.ts";
import { list, summary } from "../exchange.ts";
import { cartTwin, restore, saveCart, savedCart } from "./shared/requests.ts";

export const foreignCart: Attack = {
  id: "foreign-cart",
  title: "Open a cart that another company saved",
  owasp: ["SAS-8", "API1:2023", "CWE-345"],
  paper: "III.2.C",
  defences: ["function:cart-signature"],
  operation: "restoreCart",
  target: "carts",
  run: async (context) => {
    const stolen = savedCart(await context.send(saveCart(context, "bob"), "setup"));
    const answer = await context.send(restore(context, stolen));
    const [line] = list(answer, "lines");
    return line === undefined
      ? { effect: false, evidence: summary(answer) }
      : {
          effect: true,
          evidence: `alice is shown what bob's company put in its cart: ${line.quantity} of ${line.sku}`,
        };
  },
  twin: cartTwin,
};

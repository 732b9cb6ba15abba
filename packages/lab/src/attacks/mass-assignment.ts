import type { Attack } from "../attack.ts";
import { field, summary } from "../exchange.ts";
import { order, orderTwin, post, storedOrder } from "./shared/requests.ts";

const DISCOUNT_CENTS = 1100;

export const massAssignment: Attack = {
  id: "mass-assignment",
  title: "Grant oneself a discount by a field of the order",
  owasp: ["SAS-5", "API3:2023", "CWE-915"],
  paper: "III.1.D",
  defences: ["gateway:model", "function:order-schema"],
  operation: "placeOrder",
  target: "orders",
  run: async (context) => {
    const body = { ...order(), discountCents: DISCOUNT_CENTS };
    const answer = await context.send(post(context, "alice", "/orders", body));
    const discount = field(await storedOrder(context, answer), "discountCents");
    const effect = discount === DISCOUNT_CENTS;
    return { effect, evidence: effect ? `the order is stored with a discount of ${discount} cents` : summary(answer) };
  },
  twin: orderTwin,
};

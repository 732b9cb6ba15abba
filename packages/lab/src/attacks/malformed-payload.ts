import type { Attack } from "../attack.ts";
import { field, summary } from "../exchange.ts";
import { order, orderTwin, post, storedOrder } from "./shared/requests.ts";

export const malformedPayload: Attack = {
  id: "malformed-payload",
  title: "Order a negative quantity, for a negative total",
  owasp: ["SAS-1", "CWE-20"],
  paper: "III.1.D",
  defences: ["gateway:model", "function:order-schema"],
  operation: "placeOrder",
  target: "orders",
  run: async (context) => {
    const answer = await context.send(post(context, "alice", "/orders", order(-5)));
    const total = field(await storedOrder(context, answer), "totalCents");
    const effect = typeof total === "number" && total < 0;
    return { effect, evidence: effect ? `the order is stored with a total of ${total} cents` : summary(answer) };
  },
  twin: orderTwin,
};

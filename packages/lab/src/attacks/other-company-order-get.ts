import type { Attack } from "../attack.ts";
import { field, summary } from "../exchange.ts";
import { get, twin } from "./shared/requests.ts";

export const otherCompanyOrderGet: Attack = {
  id: "other-company-order-get",
  title: "Read another company's order",
  owasp: ["SAS-5", "API1:2023"],
  paper: "III.1.B",
  defences: ["permissions:order", "function:company-check"],
  operation: "getOrder",
  target: "orders",
  run: async (context) => {
    const { orderId, note } = context.seed.globex;
    const answer = await context.send(get(context, "alice", `/orders/${orderId}`));
    const effect = field(answer, "note") === note;
    return { effect, evidence: effect ? `alice of acme reads globex's order: "${note}"` : summary(answer) };
  },
  twin: async (context) => {
    const { orderId, note } = context.seed.globex;
    const answer = await context.send(get(context, "bob", `/orders/${orderId}`), "twin");
    return twin(answer, field(answer, "note") === note, "bob of globex reads globex's order");
  },
};

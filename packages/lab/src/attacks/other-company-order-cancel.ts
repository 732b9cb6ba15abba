import type { Attack, AttackContext } from "../attack.ts";
import { field, type LabRequest, summary } from "../exchange.ts";
import type { UserName } from "../users.ts";
import { get, twin } from "./shared/requests.ts";

export const otherCompanyOrderCancel: Attack = {
  id: "other-company-order-cancel",
  title: "Cancel another company's order",
  owasp: ["SAS-5", "API1:2023"],
  paper: "III.1.B",
  defences: ["permissions:order", "function:company-check"],
  operation: "cancelOrder",
  target: "orders",
  run: async (context) => {
    const { orderId } = context.seed.globex;
    const answer = await context.send(cancel(context, "alice", orderId));
    const proof = await context.send(get(context, "bob", `/orders/${orderId}`), "proof");
    const effect = field(proof, "status") === "cancelled";
    return { effect, evidence: effect ? "globex's order is cancelled, by alice of acme" : summary(answer) };
  },
  twin: async (context) => {
    const answer = await context.send(cancel(context, "alice", context.seed.acme.orderId), "twin");
    return twin(answer, field(answer, "status") === "cancelled", "alice cancels acme's order");
  },
};

function cancel(context: AttackContext, client: UserName, orderId: string): LabRequest {
  return { ...get(context, client, `/orders/${orderId}`), method: "DELETE" };
}

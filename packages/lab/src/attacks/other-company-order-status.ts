import type { Attack, AttackContext } from "../attack.ts";
import { field, type LabRequest, summary } from "../exchange.ts";
import type { UserName } from "../users.ts";
import { get, post, twin } from "./shared/requests.ts";

export const otherCompanyOrderStatus: Attack = {
  id: "other-company-order-status",
  title: "Ship another company's order by an administrator's operation, as a partner",
  owasp: ["SAS-5", "API1:2023", "API5:2023"],
  paper: "III.1.B",
  defences: ["authorizer:allow-list", "function:group-check", "permissions:order"],
  operation: "setOrderStatus",
  target: "admin",
  run: async (context) => {
    const { orderId } = context.seed.globex;
    const answer = await context.send(ship(context, "alice", orderId));
    const proof = await context.send(get(context, "bob", `/orders/${orderId}`), "proof");
    const effect = field(proof, "status") === "shipped";
    return { effect, evidence: effect ? "globex's order is shipped, by alice of acme" : summary(answer) };
  },
  twin: async (context) => {
    const answer = await context.send(ship(context, "carol", context.seed.acme.orderId), "twin");
    return twin(answer, field(answer, "status") === "shipped", "carol, an administrator, ships acme's order");
  },
};

function ship(context: AttackContext, client: UserName, orderId: string): LabRequest {
  return { ...post(context, client, `/admin/orders/${orderId}/status`, { status: "shipped" }), method: "PUT" };
}

import type { Attack } from "../attack.ts";
import { field, list, served, summary } from "../exchange.ts";
import { get, twin } from "./shared/requests.ts";

export const cachedPolicyOtherRoute: Attack = {
  id: "cached-policy-other-route",
  title: "Use the answer that the gateway has kept for an allowed route on an administrator's",
  owasp: ["SAS-5", "API5:2023", "CWE-524"],
  paper: "III.1.B",
  defences: ["authorizer:allow-list", "function:group-check"],
  operation: "listAllOrders",
  target: "admin",
  run: async (context) => {
    const { orderId } = context.seed.acme;
    // What alice may do: from here on the gateway answers for the authorizer.
    const first = await context.send(get(context, "alice", `/orders/${orderId}`), "setup");
    const answer = await context.send(get(context, "alice", "/admin/orders"));
    const foreign = list(answer, "orders").filter((order) => order.companyId === "globex");
    const effect = served(first) && foreign.length > 0;
    const evidence = `with the answer kept for her own order alice lists ${foreign.length} order of globex`;
    return { effect, evidence: effect ? evidence : summary(answer) };
  },
  // What is kept for one route must be right for the next one that is allowed.
  twin: async (context) => {
    const { orderId, note } = context.seed.acme;
    const answer = await context.send(get(context, "alice", `/orders/${orderId}`), "twin");
    return twin(answer, field(answer, "note") === note, "alice still reads her company's order");
  },
};

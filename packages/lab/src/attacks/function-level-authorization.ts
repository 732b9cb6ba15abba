import type { Attack } from "../attack.ts";
import { list, summary } from "../exchange.ts";
import { get, twin } from "./shared/requests.ts";

export const functionLevelAuthorization: Attack = {
  id: "function-level-authorization",
  title: "Call an administrator's operation as a partner",
  owasp: ["SAS-5", "API5:2023"],
  paper: "III.1.B",
  defences: ["authorizer:allow-list", "function:group-check"],
  operation: "listAllOrders",
  target: "admin",
  run: async (context) => {
    const answer = await context.send(get(context, "alice", "/admin/orders"));
    const foreign = list(answer, "orders").filter((order) => order.companyId === "globex");
    const effect = foreign.length > 0;
    return { effect, evidence: effect ? `alice lists ${foreign.length} order of globex` : summary(answer) };
  },
  twin: async (context) => {
    const answer = await context.send(get(context, "carol", "/admin/orders"), "twin");
    return twin(answer, list(answer, "orders").length >= 2, "carol, an administrator, lists every order");
  },
};

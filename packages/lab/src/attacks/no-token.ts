import type { Attack } from "../attack.ts";
import { field, summary } from "../exchange.ts";
import { get, twin } from "./shared/requests.ts";

export const noToken: Attack = {
  id: "no-token",
  title: "Read an order without any credentials",
  owasp: ["SAS-2", "API2:2023"],
  paper: "III.1.B",
  defences: [
    "gateway:authorizer",
    "function:principal",
    "function:group-check",
    "permissions:verified-token",
    "function:company-check",
  ],
  operation: "getOrder",
  target: "orders",
  run: async (context) => {
    const { orderId, note } = context.seed.globex;
    const answer = await context.send({ client: "nobody", method: "GET", path: `/orders/${orderId}` });
    const effect = field(answer, "note") === note;
    return { effect, evidence: effect ? `anybody reads globex's order: "${note}"` : summary(answer) };
  },
  twin: async (context) => {
    const { orderId, note } = context.seed.acme;
    const answer = await context.send(get(context, "alice", `/orders/${orderId}`), "twin");
    return twin(answer, field(answer, "note") === note, "alice reads acme's order with her token");
  },
};

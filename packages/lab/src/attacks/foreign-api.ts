import type { Attack } from "../attack.ts";
import { field, summary } from "../exchange.ts";
import { get, twin } from "./shared/requests.ts";

export const foreignApi: Attack = {
  id: "foreign-api",
  title: "Call the backend through an API in an account of the attacker's own, past the firewall and the gateway",
  owasp: ["SAS-3", "API8:2023", "CWE-441"],
  paper: "III.1.B",
  defences: ["iam:invoke-permission", "authorizer:known-api"],
  operation: "getOrder",
  target: "orders",
  run: async (context) => {
    const { orderId, note } = context.seed.globex;
    const api = await context.foreignApi("getOrder", "orders");
    try {
      const answer = await api.send(get(context, "bob", `/orders/${orderId}`));
      const effect = field(answer, "note") === note;
      const evidence = `the API ${api.id} of account ${api.account} is answered with globex's order`;
      return { effect, evidence: effect ? evidence : summary(answer) };
    } finally {
      await api.close();
    }
  },
  twin: async (context) => {
    const { orderId, note } = context.seed.globex;
    const answer = await context.send(get(context, "bob", `/orders/${orderId}`), "twin");
    return twin(answer, field(answer, "note") === note, "bob reads globex's order through the stage's own API");
  },
};

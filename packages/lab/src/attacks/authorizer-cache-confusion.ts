import type { Attack } from "../attack.ts";
import { field, summary } from "../exchange.ts";
import { get, twin } from "./shared/requests.ts";

export const authorizerCacheConfusion: Attack = {
  id: "authorizer-cache-confusion",
  title: "Be taken for alice by sending the constant header that she once sent",
  owasp: ["SAS-2", "API2:2023", "CWE-524"],
  paper: "III.1.A",
  defences: ["authorizer:identity-source", "permissions:verified-token"],
  operation: "getOrder",
  target: "orders",
  run: async (context) => {
    const { orderId, note } = context.seed.acme;
    // Another one each time: what the gateway keeps under it is the effect.
    const constant = { authorization: `Session ${context.sink.token()}` };
    const asked = { method: "GET", path: `/orders/${orderId}` } as const;
    const { cookie = "" } = await context.session("alice");
    await context.send({ ...asked, client: "alice", headers: { ...constant, cookie } }, "setup");
    const answer = await context.send({ ...asked, client: "somebody", headers: constant });
    const effect = field(answer, "note") === note;
    return { effect, evidence: effect ? `somebody without a token reads acme's order: "${note}"` : summary(answer) };
  },
  twin: async (context) => {
    const { orderId, note } = context.seed.acme;
    const answer = await context.send(get(context, "alice", `/orders/${orderId}`), "twin");
    return twin(answer, field(answer, "note") === note, "alice reads acme's order with her token");
  },
};

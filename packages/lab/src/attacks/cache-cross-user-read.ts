import type { Attack } from "../attack.ts";
import { field, summary } from "../exchange.ts";
import { get, identityTwin } from "./shared/requests.ts";

export const cacheCrossUserRead: Attack = {
  id: "cache-cross-user-read",
  title: "Read another user's answer out of the gateway's response cache",
  owasp: ["SAS-3", "API3:2023", "CWE-524"],
  paper: "III.1.D",
  defences: ["gateway:response-cache"],
  operation: "getPartner",
  target: "partners",
  run: async (context) => {
    // The victim's own request is what fills the cache.
    const victim = await context.send(get(context, "alice", "/partners/me"), "setup");
    const answer = await context.send(get(context, "bob", "/partners/me"));
    const seen = field(answer, "userId");
    const effect = seen !== undefined && seen === field(victim, "userId");
    const got = `bob's own token gets alice's answer: company ${field(answer, "companyId")}`;
    return {
      effect,
      evidence: effect ? got : `${summary(answer)}: bob is told of company ${field(answer, "companyId")}`,
    };
  },
  twin: (context) => identityTwin(context, "bob"),
};

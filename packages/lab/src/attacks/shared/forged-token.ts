import type { Attack, AttackContext } from "../../attack.ts";
import { field, summary } from "../../exchange.ts";
import { claimsOf } from "../../tokens.ts";
import { identityTwin } from "./requests.ts";

/** What one forgery has of its own. */
export interface Forgery {
  readonly id: string;
  readonly title: string;
  /** Makes the token that is sent. */
  readonly token: (context: AttackContext) => string | Promise<string>;
}

/** The attack that all forgeries share: the API is asked who the caller is, and must not say carol, the administrator. */
export function forgedToken({ id, title, token }: Forgery): Attack {
  return {
    id,
    title,
    owasp: ["SAS-2", "API2:2023"],
    paper: "III.1.A",
    defences: ["authorizer:token", "permissions:verified-token"],
    operation: "getPartner",
    target: "partners",
    run: async (context) => {
      const headers = { authorization: `Bearer ${await token(context)}` };
      const answer = await context.send({ client: "forger", method: "GET", path: "/partners/me", headers });
      const groups = field(answer, "groups");
      const effect = field(answer, "userId") === claimsOf(context.forge.template).sub && Array.isArray(groups);
      return { effect, evidence: effect ? `the API takes the forger for carol, groups ${groups}` : summary(answer) };
    },
    twin: (context) => identityTwin(context, "carol"),
  };
}

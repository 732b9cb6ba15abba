import type { Attack } from "../attack.ts";
import { field, summary } from "../exchange.ts";
import { claimsOf } from "../tokens.ts";
import { identityTwin } from "./shared/requests.ts";

/** Each names a key that nobody knows, so that a verifier that asks for each asks the pool as often. */
const TOKENS = 10;

export const floodUnknownKeys: Attack = {
  id: "flood-unknown-keys",
  title: "Flood with tokens that name keys which nobody knows",
  owasp: ["SAS-8", "SAS-2", "API2:2023"],
  paper: "III.1.A",
  defences: ["authorizer:token", "permissions:verified-token"],
  operation: "getPartner",
  target: "partners",
  run: async (context) => {
    const { sub, ...claims } = claimsOf(context.forge.template);
    let [taken, last] = [0, ""];
    for (let index = 0; index < TOKENS; index += 1) {
      const headers = { authorization: `Bearer ${context.forge.unknownKid({ ...claims, sub }, `unknown-${index}`)}` };
      const answer = await context.send({ client: "forger", method: "GET", path: "/partners/me", headers });
      if (field(answer, "userId") === sub) taken += 1;
      last = summary(answer);
    }
    const effect = taken === TOKENS;
    return {
      effect,
      evidence: `${taken} of ${TOKENS} forged tokens were taken for carol's${effect ? "" : `; ${last}`}`,
    };
  },
  twin: (context) => identityTwin(context, "carol"),
};

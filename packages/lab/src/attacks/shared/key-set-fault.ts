import type { Attack } from "../../attack.ts";
import { field, summary } from "../../exchange.ts";
import type { KeySetFault } from "../../key-set-fault.ts";
import { claimsOf } from "../../tokens.ts";
import { identityTwin } from "./requests.ts";

/** A forged token while nobody can tell that it is one: the path to the pool's key set is disturbed, and the authorizer's process is new. */
export function forgedWhile(fault: KeySetFault, { id, title }: { id: string; title: string }): Attack {
  return {
    id,
    title,
    owasp: ["SAS-2", "SAS-10", "API2:2023", "CWE-636"],
    paper: "III.1.A",
    defences: ["authorizer:fail-closed", "permissions:verified-token"],
    operation: "getPartner",
    target: "partners",
    run: async (context) => {
      const giveBack = await context.withholdKeySet(fault);
      try {
        const headers = { authorization: `Bearer ${context.forge.unknownKid(claimsOf(context.forge.template))}` };
        const answer = await context.send({ client: "forger", method: "GET", path: "/partners/me", headers });
        const effect = field(answer, "userId") === claimsOf(context.forge.template).sub;
        const took = answer.endedAt - answer.startedAt;
        const evidence = `while the key set is ${fault} the API takes the forger for carol`;
        return { effect, evidence: effect ? evidence : `${summary(answer)} after ${took} ms` };
      } finally {
        await giveBack();
      }
    },
    twin: (context) => identityTwin(context, "carol"),
  };
}

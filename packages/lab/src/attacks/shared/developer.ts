import type { AttackContext, Outcome, TwinOutcome } from "../../attack.ts";
import type { Developer } from "../../developer.ts";
import { field, type LabRequest, summary } from "../../exchange.ts";
import { REPLACED_CODE_SAYS } from "../../replaced-code.ts";
import { search, skus, twin } from "./requests.ts";

/** The team whose developer's credentials were stolen, and the function that is its own. */
const TEAM = "catalog";
const OWN = "catalog";

/** Works with the credentials of the team's developers and puts back what was changed. */
export async function asDeveloper<T>(
  context: AttackContext,
  purpose: "attack" | "twin",
  work: (developer: Developer) => Promise<T>,
): Promise<T> {
  const developer = await context.developer(TEAM, purpose);
  try {
    return await work(developer);
  } finally {
    await developer.close();
  }
}

/** Replaces a function's code and asks it: the effect is that the attacker's code answers the customer. */
export async function replaceAndAsk(context: AttackContext, target: string, request: LabRequest): Promise<Outcome> {
  return await asDeveloper(context, "attack", async (developer) => {
    const replaced = await developer.replaceCode(target);
    if (!replaced.ok) return { effect: false, evidence: `new code for ${target} → ${replaced.code}` };
    const answer = await context.send(request);
    const effect = field(answer, "servedBy") === REPLACED_CODE_SAYS;
    return { effect, evidence: effect ? `a customer is served by the attacker's code in ${target}` : summary(answer) };
  });
}

/** The team deploys its own function's code, and the function still serves. */
export async function ownDeployment(context: AttackContext): Promise<TwinOutcome> {
  return await asDeveloper(context, "twin", async (developer) => {
    const deployed = await developer.deployOwnCode(OWN);
    if (!deployed.ok) return { ok: false, evidence: `the team's own code for ${OWN} → ${deployed.code}` };
    const answer = await context.send(search(context, "Mug"), "twin");
    return twin(
      answer,
      skus(answer).includes("MUG-1"),
      `the team ${TEAM} deploys its own code of ${OWN}, which serves`,
    );
  });
}

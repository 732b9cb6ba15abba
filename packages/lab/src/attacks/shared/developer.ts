import type { AttackContext, Outcome, TwinOutcome } from "../../attack.ts";
import type { Developer } from "../../developer.ts";
import { field, type LabRequest, served, summary } from "../../exchange.ts";
import { REPLACED_CODE_SAYS } from "../../replaced-code.ts";

/** Works as a developer of a team and puts back what was changed. */
export async function asDeveloper<T>(
  context: AttackContext,
  team: string,
  purpose: "attack" | "twin",
  work: (developer: Developer) => Promise<T>,
): Promise<T> {
  const developer = await context.developer(team, purpose);
  try {
    return await work(developer);
  } finally {
    await developer.close();
  }
}

/** Replaces a function's code and asks it: the effect is that the attacker's code answers the customer. */
export async function replaceAndAsk(
  context: AttackContext,
  developer: Developer,
  target: string,
  request: LabRequest,
): Promise<Outcome> {
  const replaced = await developer.replaceCode(target);
  if (!replaced.ok) return { effect: false, evidence: `AWS answers ${replaced.code} to the new code of ${target}` };
  const answer = await context.send(request);
  const effect = field(answer, "servedBy") === REPLACED_CODE_SAYS;
  return { effect, evidence: effect ? `a customer is served by the attacker's code in ${target}` : summary(answer) };
}

/** A team deploys its own function's code, and the function still serves. */
export async function ownDeployment(
  context: AttackContext,
  team: string,
  target: string,
  request: LabRequest,
): Promise<TwinOutcome> {
  return await asDeveloper(context, team, "twin", async (developer) => {
    const deployed = await developer.deployOwnCode(target);
    if (!deployed.ok) return { ok: false, evidence: `AWS answers ${deployed.code} to ${team}'s own code of ${target}` };
    const answer = await context.send(request, "twin");
    return {
      ok: served(answer),
      evidence: served(answer) ? `the team ${team} deploys its own code of ${target}, which serves` : summary(answer),
    };
  });
}

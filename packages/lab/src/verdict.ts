import type { Outcome, TwinOutcome } from "./attack.ts";
import type { DefenceId, Layer } from "./defences.ts";
import type { Observation } from "./observe.ts";

/** What the lab says of an attack on a stage. */
export type Verdict = "exploited" | "blocked" | "declared" | "not run" | "error";

/** A verdict with what it rests on. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly layer: Layer | "none";
  readonly defence?: DefenceId;
  readonly evidence: string;
}

/**
 * Judges an attack. The effect alone makes it `exploited`. Without the effect it is `blocked` only when a record explains why, and
 * by a defence that the attack lists: an attack that failed for a reason that nobody logged, or by chance, proves no defence.
 *
 * @param claimed the defences that the attack lists
 */
export function judge(
  outcome: Outcome,
  observation: Observation | undefined,
  claimed: readonly DefenceId[],
): Judgement {
  if (outcome.effect) return { verdict: "exploited", layer: "none", evidence: outcome.evidence };
  if (!observation) {
    return { verdict: "error", layer: "none", evidence: `no effect, and no log record says why: ${outcome.evidence}` };
  }
  const { layer, defence, record } = observation;
  const source = record.source === "answer" ? "by the answer" : `by the ${record.source}'s record "${record.event}"`;
  const evidence = `${outcome.evidence}; ${defence ?? layer}, ${source}`;
  if (defence === undefined || !claimed.includes(defence)) {
    return { verdict: "error", layer, evidence: `held by what the attack does not list: ${evidence}` };
  }
  return { verdict: "blocked", layer, defence, evidence };
}

/** An attack that could not be carried out at all. */
export function notRun(reason: string): Judgement {
  return { verdict: "not run", layer: "none", evidence: reason };
}

/** An attack that went wrong on the lab's side. */
export function failed(message: string): Judgement {
  return { verdict: "error", layer: "none", evidence: message };
}

/** What the lab expects of a stage: `weak` falls to everything, any other stage to nothing. */
export function expected(stage: string, verdict: Verdict): boolean {
  if (verdict === "declared" || verdict === "not run") return true;
  return verdict === (stage === "weak" ? "exploited" : "blocked");
}

/** Whether a stage did what the lab expects: every verdict, and every legitimate twin served. */
export function passed(
  stage: string,
  attacks: readonly { readonly verdict: Verdict }[],
  legitimate: readonly TwinOutcome[],
): boolean {
  return attacks.every(({ verdict }) => expected(stage, verdict)) && legitimate.every(({ ok }) => ok);
}

import type { Outcome, TwinOutcome } from "./attack.ts";
import type { DefenceId, Layer } from "./defences.ts";
import type { Observation } from "./observe.ts";

/** What the lab says of an attack on a stage (design.md, "Commands"). */
export type Verdict = "exploited" | "blocked" | "declared" | "not run" | "error";

/** A verdict with what it rests on. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly layer: Layer | "none";
  readonly defence?: DefenceId;
  readonly evidence: string;
}

/**
 * Judges an attack. The effect alone makes it `exploited`. Without the effect it is `blocked` only when a record explains why:
 * an attack that failed for a reason that nobody logged proves no defence.
 */
export function judge(outcome: Outcome, observation: Observation | undefined): Judgement {
  if (outcome.effect) return { verdict: "exploited", layer: "none", evidence: outcome.evidence };
  if (!observation) {
    return { verdict: "error", layer: "none", evidence: `no effect, and no log record says why: ${outcome.evidence}` };
  }
  const { layer, defence, record } = observation;
  return {
    verdict: "blocked",
    layer,
    evidence: `${outcome.evidence}; ${defence ?? layer}, by the ${record.source}'s record "${record.event}"`,
    ...(defence === undefined ? {} : { defence }),
  };
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

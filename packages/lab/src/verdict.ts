import type { Attack, Outcome, TwinOutcome } from "./attack.ts";
import { type DefenceId, type Layer, layerOf } from "./defences.ts";
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
 * @param unread where every request of the attack was served and the attack says that nothing reads what it carries: what is there instead
 */
export function judge(
  outcome: Outcome,
  observation: Observation | undefined,
  claimed: readonly DefenceId[],
  unread?: string,
): Judgement {
  if (outcome.effect) return { verdict: "exploited", layer: "none", evidence: outcome.evidence };
  if (!observation && unread !== undefined) {
    return { verdict: "blocked", layer: "none", evidence: `${outcome.evidence}, without effect: ${unread}` };
  }
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

/** The name of prod with its firewall taken away, as a stage of the results. */
export const WITHOUT_EDGE = "prod without edge";

/** What of an attack decides on which stages it succeeds. */
export type Expectable = Pick<Attack, "defences" | "unread">;

/**
 * What the lab expects of a stage: `weak` falls to everything, any other stage to nothing. Without its firewall prod falls to what the
 * firewall alone stands against: floods, addresses, countries, lists of passwords.
 */
export function expected(stage: string, verdict: Verdict, attack: Expectable): boolean {
  if (verdict === "declared" || verdict === "not run") return true;
  return verdict === (stage === "weak" || (stage === WITHOUT_EDGE && onlyEdge(attack)) ? "exploited" : "blocked");
}

/** Whether nothing but the edge stands between an attack and its effect. */
export function onlyEdge({ defences, unread }: Expectable): boolean {
  return unread === undefined && defences.every((id) => layerOf(id) === "edge");
}

/** Whether a stage did what the lab expects: every verdict, and every legitimate twin served. */
export function passed(
  stage: string,
  attacks: readonly ({ readonly verdict: Verdict } & Expectable)[],
  legitimate: readonly TwinOutcome[],
): boolean {
  return attacks.every((attack) => expected(stage, attack.verdict, attack)) && legitimate.every(({ ok }) => ok);
}

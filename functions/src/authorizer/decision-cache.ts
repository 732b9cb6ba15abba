import { createHash } from "node:crypto";
import { type Clock, createClock } from "./clock.ts";

/** Decisions about tokens that were made a moment ago. */
export interface DecisionCache<Decision> {
  /** The decision about a token, if one is kept that may still be used. */
  get(token: string): Decision | undefined;
  /**
   * Keeps a decision.
   *
   * @param started milliseconds of the clock's elapsed time when what it rests on was first asked for
   * @param ends seconds since 1970 from which it is not used any more, whatever else: the end of the token
   */
  keep(token: string, decision: Decision, started: number, ends: number): void;
  /** Forgets the decision about a token. */
  forget(token: string): void;
}

interface Kept<Decision> {
  decision: Decision;
  started: number;
  ends: number;
}

// A caller's token lives for minutes and a decision for seconds: this is more than one process answers in that time.
const MAX_DECISIONS = 1000;

/**
 * A cache of decisions that were made in the last seconds, under a hash of the token: a token in memory is one more that a dump gives
 * away. The decision of longest ago goes when it is full.
 *
 * @param seconds how long a decision may be used, counted from before anything that it rests on was read; 0 keeps none
 */
export function createDecisionCache<Decision>(
  seconds: number,
  clock: Clock = createClock(),
  most = MAX_DECISIONS,
): DecisionCache<Decision> {
  // In the order of keeping, which a Map holds.
  const kept = new Map<string, Kept<Decision>>();
  if (seconds === 0) return { get: () => undefined, keep: () => {}, forget: () => {} };
  return {
    get(token) {
      const key = hash(token);
      const found = kept.get(key);
      if (found === undefined) return undefined;
      const { decision, started, ends } = found;
      if (clock.elapsed() - started < seconds * 1000 && clock.now() / 1000 < ends) return decision;
      kept.delete(key);
      return undefined;
    },
    keep(token, decision, started, ends) {
      const key = hash(token);
      kept.delete(key);
      if (kept.size >= most) kept.delete(kept.keys().next().value ?? "");
      kept.set(key, { decision, started, ends });
    },
    forget: (token) => void kept.delete(hash(token)),
  };
}

function hash(token: string): string {
  return createHash("sha256").update(token).digest("base64");
}

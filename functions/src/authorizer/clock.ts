import { DependencyFault } from "../shared/refusal.ts";

/** The two times that decisions depend on. */
export interface Clock {
  /** Milliseconds since 1970: what a token's claims are compared with. */
  now(): number;
  /** Milliseconds that never go back: how long something has been kept. */
  elapsed(): number;
}

/**
 * A clock whose elapsed time goes on by the greater of what two clocks say: one can be set, and the other may stand still while Lambda has
 * frozen the process. What is kept may end too early by that, never too late.
 */
export function createClock(
  wall: () => number = () => Date.now(),
  steady: () => number = () => performance.now(),
): Clock {
  let [lastWall, lastSteady, total] = [wall(), steady(), 0];
  return {
    now: wall,
    elapsed: () => {
      const [nowWall, nowSteady] = [wall(), steady()];
      total += Math.max(nowWall - lastWall, nowSteady - lastSteady, 0);
      [lastWall, lastSteady] = [nowWall, nowSteady];
      return total;
    },
  };
}

// More than a request waits on its way here, and less than a token's life.
const MOST_SECONDS_OFF = 60;

/**
 * Compares the clock with API Gateway's.
 *
 * @param requestTimeEpoch when the request came there, in milliseconds since 1970; undefined where the event does not say
 * @throws DependencyFault when they are more than a minute apart: a token that has ended may look as if it had not
 */
export function checkClock(clock: Clock, requestTimeEpoch: number | undefined): void {
  if (requestTimeEpoch === undefined) return;
  if (Math.abs(clock.now() - requestTimeEpoch) <= MOST_SECONDS_OFF * 1000) return;
  throw new DependencyFault("clock", new RangeError("another time than API Gateway's"));
}

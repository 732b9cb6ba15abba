import { median } from "../paired.ts";

/** What the edge may add to the gateway's own latency at the median. */
export const MOST = 0.1;

/** How much longer the second list's median is, as a share of the first's. */
export function added(bare: readonly number[], guarded: readonly number[]): number {
  return median(guarded) / median(bare) - 1;
}

export function within(share: number): boolean {
  return share <= MOST;
}

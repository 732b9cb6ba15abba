/** What one contender measured over the files of a folder. */
export interface Measured {
  records: number;
  seconds: number;
  /** Of all processors; null where the system does not tell. */
  processorSeconds: number | null;
  /** Most memory of the whole tree of processes at once; null where the system does not tell. */
  mebibytes: number | null;
}

/** Records a second, with duplicates dropped and quarantine on, on two cores. */
export const BUDGET_PER_SECOND = 50_000;
/** Ten times the records may take so much more than ten times as long. */
export const MOST_GROWTH = 1.25;

/** Records a second. */
export const rate = ({ records, seconds }: Measured): number => records / seconds;

/** Whether the best of some runs is within the budget: another program on the machine only ever slows a run down. */
export function withinBudget(runs: readonly Measured[]): boolean {
  return Math.max(...runs.map(rate)) >= BUDGET_PER_SECOND;
}

/** How time and memory grow from one size to a larger one: 1 is time in proportion to the records, and memory that stays. */
export function growth(small: Measured, large: Measured): { time: number; memory: number | undefined } {
  return {
    time: large.seconds / small.seconds / (large.records / small.records),
    memory: small.mebibytes === null || large.mebibytes === null ? undefined : large.mebibytes / small.mebibytes,
  };
}

/** Whether time is linear and memory flat. */
export function linear({ time, memory }: ReturnType<typeof growth>): boolean {
  return time <= MOST_GROWTH && (memory === undefined || memory <= MOST_GROWTH);
}

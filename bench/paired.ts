import { performance } from "node:perf_hooks";

/** One contender: a name, and the work that is timed. */
export interface Contender {
  name: string;
  run: () => unknown;
}

/** A contender's median rate, and its speed relative to the first contender, as the median of the ratios of its rounds. */
export interface Rate {
  name: string;
  perSecond: number;
  relative: number;
}

/**
 * Times contenders in turn, A B C A B C …, so that a machine whose speed drifts slows all of them alike. The ratio is taken round by
 * round. Benchmark libraries (mitata, tinybench) time one contender after the other, which is why this is not one of them.
 *
 * @param rounds counted rounds; two more warm up
 * @param batch calls of each contender in a round
 */
export async function paired(contenders: readonly Contender[], rounds = 200, batch = 50): Promise<Rate[]> {
  const rates = contenders.map((): number[] => []);
  for (let round = -2; round < rounds; round += 1) {
    for (const [index, { run }] of contenders.entries()) {
      const start = performance.now();
      for (let call = 0; call < batch; call += 1) await run();
      if (round >= 0) rates[index]?.push((batch * 1000) / (performance.now() - start));
    }
  }
  const first = rates[0] ?? [];
  return contenders.map(({ name }, index) => {
    const own = rates[index] ?? [];
    return { name, perSecond: median(own), relative: median(own.map((rate, round) => rate / (first[round] ?? rate))) };
  });
}

/** The median of some numbers; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? Number(sorted[middle]) : (Number(sorted[middle - 1]) + Number(sorted[middle])) / 2;
}

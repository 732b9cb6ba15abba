import { expect, test } from "vitest";
import { growth, linear, type Measured, rate, withinBudget } from "../../etl/verdict.ts";

const run = (records: number, seconds: number, mebibytes: number | null = 1000): Measured => ({
  records,
  seconds,
  processorSeconds: null,
  mebibytes,
});

test("the best run counts, at the edge too", () => {
  expect(rate(run(100_000, 2))).toBe(50_000);
  expect(withinBudget([run(100_000, 4), run(100_000, 2)])).toBe(true);
  expect(withinBudget([run(99_999, 2)])).toBe(false);
});

test.each([
  ["ten times as long for ten times the records", run(10, 10), { time: 1, memory: 1 }, true],
  ["a quarter more time", run(10, 12.5), { time: 1.25, memory: 1 }, true],
  ["more than that", run(10, 12.6), { time: 1.26, memory: 1 }, false],
  ["a quarter more memory", run(10, 10, 1250), { time: 1, memory: 1.25 }, true],
  ["memory that grows", run(10, 10, 1260), { time: 1, memory: 1.26 }, false],
  ["no figure of memory", run(10, 10, null), { time: 1, memory: undefined }, true],
])("%s", (_what, large, grown, flat) => {
  expect(growth(run(1, 1), large)).toEqual(grown);
  expect(linear(grown)).toBe(flat);
});

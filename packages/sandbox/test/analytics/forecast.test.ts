import { beforeAll, describe, expect, test } from "vitest";
import {
  backtest,
  exampleSeries,
  type Forecasts,
  forecast,
  type HourlyCounts,
  trainingRows,
} from "../../src/analytics/forecast.ts";

const WEEK = 168;

/** Busy from 8 to 18 on weekdays, from Monday, 2026-01-05. */
function office(weeks: number, level = 100): HourlyCounts {
  const counts = Array.from({ length: weeks * WEEK }, (_, hour) => {
    const [day, clock] = [Math.floor(hour / 24) % 7, hour % 24];
    return day < 5 && clock >= 8 && clock < 18 ? level + clock : 3;
  });
  return { first_hour: "2026-01-05T00:00:00Z", counts };
}

describe("a forecast", () => {
  const steady = office(6);
  const doubled = office(6);
  // From the last day but one everything comes twice.
  doubled.counts = doubled.counts.map((count, hour) => (hour >= 6 * WEEK - 48 ? count * 2 : count));
  let result: Forecasts;
  beforeAll(async () => {
    result = await forecast({ steady, doubled, young: office(2) });
  });

  test("is of the last day and of the day that comes, hour by hour, beside what came", () => {
    const { first_hour, forecast: hours, actual } = result.series.steady ?? fail();
    expect(first_hour).toBe("2026-02-15T00:00:00Z");
    expect(hours).toHaveLength(48);
    expect(actual).toEqual(steady.counts.slice(-24));
  });

  test("knows hours and weekdays: a Sunday is quiet, and the Monday after it is not", () => {
    const { forecast: hours } = result.series.steady ?? fail();
    expect(Math.max(...hours.slice(0, 24))).toBeLessThan(6);
    expect(hours[24 + 12]).toBeGreaterThan(100);
    expect(hours[24 + 12]).toBeLessThan(125);
    expect(hours[24 + 3]).toBeLessThan(6);
  });

  test("of a day does not read that day: what came twice was not foreseen on the first day of it", async () => {
    const surprise = office(6);
    surprise.counts = surprise.counts.map((count, hour) => (hour >= 6 * WEEK - 24 ? 10_000 : count));
    const { series } = await forecast({ surprise });
    expect(Math.max(...(series.surprise ?? fail()).forecast.slice(0, 24))).toBeLessThan(6);
  });

  test("of a series with under two weeks and three days is not made, and said so", () => {
    expect(result.too_short).toEqual(["young"]);
    expect(Object.keys(result.series)).toEqual(["steady", "doubled"]);
  });

  test("is the same each time", async () => {
    expect(await forecast({ steady, doubled, young: office(2) })).toEqual(result);
  });

  test("is not made of what is no count", async () => {
    const negative = { ...office(4), counts: [1, -1] };
    await expect(forecast({ negative })).rejects.toThrow("negative: count 1 is -1; allowed: a number of at least 0");
    await expect(forecast({ late: { first_hour: "2026-01-05T00:30:00Z", counts: [1] } })).rejects.toThrow(
      "first_hour is '2026-01-05T00:30:00Z'; allowed: a full hour with its offset, for example 2026-01-05T00:00:00Z",
    );
    await expect(forecast({ short: office(2) })).rejects.toThrow("there is nothing to learn from yet");
  });
});

test("training rows are SageMaker's: no header, the label first, nine features, one line an hour that has a history", async () => {
  const lines = (await trainingRows({ steady: office(4) })).trimEnd().split("\n");
  expect(lines).toHaveLength(4 * WEEK - (2 * WEEK + 48));
  expect(new Set(lines.map((line) => line.split(",").length))).toEqual(new Set([10]));
  // Wednesday, midnight: as in the weeks before, so that there is nothing to learn; hour 0 of day 3.
  expect(lines[0]).toBe("0,0,3,0,0,0,0,0,0,0");
});

test("the forecast beats the better naive one on held-out weeks of two generated shapes and two real series", async () => {
  const { table, results } = await backtest();
  expect(results.map(({ series, hours, held_out }) => [series, hours, held_out])).toEqual([
    ["generated: office hours", 2352, 504],
    ["generated: batch jobs", 2352, 504],
    ["river's water flow", 1379, 504],
    ["pmdarima's Taylor, electricity", 2016, 504],
  ]);
  for (const { series, ratio } of results) expect(ratio, series).toBeLessThan(1);
  for (const { ratio, model, same_hour_last_week, same_hour_yesterday } of results) {
    expect(ratio).toBeCloseTo(model / Math.min(same_hour_last_week, same_hour_yesterday), 10);
  }
  expect(table).toContain("The ratio is to the better of the two naive forecasts");
});

test("the series of the backtest can be had, each long enough for a forecast", async () => {
  const series = await exampleSeries();
  expect(Object.entries(series).map(([name, { first_hour, counts }]) => [name, first_hour, counts.length])).toEqual([
    ["generated: office hours", "2026-01-05T00:00:00Z", 2352],
    ["generated: batch jobs", "2026-01-05T00:00:00Z", 2352],
    ["river's water flow", "2022-03-20T10:00:00Z", 1379],
    ["pmdarima's Taylor, electricity", "2000-06-05T00:00:00Z", 2016],
  ]);
});

function fail(): never {
  throw new Error("the series has no forecast");
}

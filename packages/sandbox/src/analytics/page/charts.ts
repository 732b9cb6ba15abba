import * as Plot from "@observablehq/plot";
import type { HourlyForecast } from "../forecast.ts";
import { OUTCOMES, type PageCalls } from "./data.ts";

/** Calls with the stage that they are of. */
export type StageCalls = PageCalls & { stage: string };
/** A chart as Plot makes it. */
export type Chart = ReturnType<typeof Plot.plot>;

// Okabe and Ito's colours, which people who see few colours tell apart, on light and on dark.
const COLOR = { domain: [...OUTCOMES], range: ["#0072b2", "#d55e00", "#b59f00"], legend: true };
const TIME = { type: "utc", label: "Time (UTC)", labelAnchor: "center", labelOffset: 42 } as const;
const MOST_BARS = 12;
const MOST_INTERVALS = 60;

/** Calls over time, one row of bars for each stage. */
export function callsOverTime(calls: StageCalls[], width: number): Chart {
  const rows = calls.map((call) => ({ ...call, moment: new Date(call.time) }));
  return Plot.plot({
    width,
    height: 110 + 110 * stagesOf(calls).length,
    marginLeft: 60,
    marginRight: 60,
    marginBottom: 50,
    x: TIME,
    y: { label: "Calls", grid: true },
    fy: { label: null, domain: stagesOf(calls) },
    color: COLOR,
    ariaLabel: "Calls over time by outcome",
    marks: [
      Plot.rectY(
        rows,
        Plot.binX<Plot.RectYOptions>(
          { y: "sum" },
          {
            x: "moment",
            y: "calls",
            fill: "outcome",
            fy: "stage",
            thresholds: MOST_INTERVALS,
            order: [...OUTCOMES],
            tip: true,
          },
        ),
      ),
      Plot.ruleY([0]),
    ],
  });
}

/** The most called of what a property names, with each stage's calls beside each other. */
export function callsBy(property: "route" | "principal", calls: StageCalls[], width: number): Chart {
  const totals = new Map<string, number>();
  for (const call of calls) totals.set(call[property], (totals.get(call[property]) ?? 0) + call.calls);
  const shown = [...totals].sort(([, a], [, b]) => b - a).slice(0, MOST_BARS);
  const names = shown.map(([name]) => name);
  return Plot.plot({
    width,
    height: 70 + 24 * names.length,
    marginLeft: 280,
    x: { label: "Calls", grid: true },
    y: { domain: names, label: null, tickFormat: (name: string) => shorten(name) },
    fx: { label: null, domain: stagesOf(calls) },
    color: COLOR,
    ariaLabel: `Calls by ${property}`,
    marks: [
      Plot.barX(
        calls.filter((call) => names.includes(call[property])),
        Plot.groupY(
          { x: "sum" },
          { y: property, x: "calls", fill: "outcome", fx: "stage", order: [...OUTCOMES], tip: true },
        ),
      ),
      Plot.ruleX([0]),
    ],
  });
}

/** What came, and what was forecast a day before, hour by hour. */
export function forecastAndActual({ first_hour, forecast, actual }: HourlyForecast, width: number): Chart {
  const points = (values: number[], of: string) =>
    values.map((calls, hour) => ({ time: new Date(Date.parse(first_hour) + hour * 3_600_000), calls, of }));
  return Plot.plot({
    width,
    height: 260,
    marginLeft: 60,
    marginBottom: 50,
    x: TIME,
    y: { label: "Calls an hour", grid: true, zero: true },
    color: { domain: ["came", "forecast"], range: ["#0072b2", "#d55e00"], legend: true },
    ariaLabel: "Forecast and actual calls an hour",
    marks: [
      Plot.lineY(points(actual, "came"), { x: "time", y: "calls", stroke: "of", strokeWidth: 2, tip: true }),
      Plot.lineY(points(forecast, "forecast"), {
        x: "time",
        y: "calls",
        stroke: "of",
        strokeWidth: 2,
        strokeDasharray: "6 4",
        tip: true,
      }),
      Plot.ruleY([0]),
    ],
  });
}

// In the order in which they were stood up: before, and after.
function stagesOf(calls: StageCalls[]): string[] {
  return [...new Set(calls.map(({ stage }) => stage))];
}

// An ARN's end says more than its beginning.
function shorten(name: string): string {
  return name.length <= 42 ? name : `…${name.slice(-41)}`;
}

import * as Plot from "@observablehq/plot";
import type { HourlyForecast } from "../forecast.ts";
import { type Bar, inWords, kindsOf, type OverTime } from "./count.ts";
import { OUTCOMES } from "./data.ts";

/** A chart as Plot makes it. */
export type Chart = ReturnType<typeof Plot.plot>;

/** What a chart shows beside its numbers. */
export interface Frame {
  /** Pixels. */
  width: number;
  /** The stages that have a column or a row, and what is written over them. */
  stages: readonly { name: string; title: string }[];
}

// Three to one at least against the paper, light and dark (WCAG 2.2, 1.4.11); people who see few colours tell them apart.
const [BLUE, VERMILLION, GREY] = ["#0072b2", "#d55e00", "#797d82"];
const OUTCOME_COLOR = { domain: [...OUTCOMES], range: [BLUE, VERMILLION, GREY], legend: true };
const PROBLEM_COLORS = [VERMILLION, BLUE, GREY, "#a0408f", "#00805f", "#8a6d00"];

/** Calls over time, one row of bars for each stage, from its first call on. */
export function callsOverTime({ slots, seconds, unit }: OverTime, { width, stages }: Frame): Chart {
  return Plot.plot({
    width,
    height: 110 + 110 * stages.length,
    marginLeft: 60,
    marginRight: 90,
    marginBottom: 50,
    x: { label: `${unit} since the stage's first call`, labelAnchor: "center", labelOffset: 42, domain: spanOf(slots) },
    y: { label: `Calls in ${inWords(seconds)}`, grid: true },
    fy: faceted(stages),
    color: OUTCOME_COLOR,
    ariaLabel: "Calls over time by outcome",
    marks: [
      Plot.rectY(
        slots,
        Plot.stackY<Plot.RectYOptions>(
          { order: [...OUTCOMES] },
          { x1: "from", x2: "to", y: "calls", fill: "kind", fy: "stage", inset: 0.5, channels: CHANNELS, tip: TIP },
        ),
      ),
      Plot.ruleY([0]),
    ],
  });
}

/** Bars of what a property names, with each stage's beside each other. */
export function bars(
  shown: readonly Bar[],
  names: readonly string[],
  { by, unit, kind }: { by: string; unit: string; kind: "outcome" | "problem" },
  { width, stages }: Frame,
): Chart {
  const kinds = kindsOf(shown);
  const color = kind === "outcome" ? OUTCOME_COLOR : { domain: kinds, range: PROBLEM_COLORS, legend: true };
  const order = kind === "outcome" ? [...OUTCOMES] : kinds;
  // Names need more room than a small screen has.
  const marginLeft = Math.min(280, Math.round(width / 2.8));
  return Plot.plot({
    width,
    height: 90 + 24 * names.length,
    marginLeft,
    marginBottom: 40,
    x: { label: unit, grid: true, domain: [0, Math.max(4, longestOf(shown))], ticks: 4, tickFormat: "d", nice: true },
    y: {
      domain: [...names],
      label: null,
      tickFormat: (name: string) => shorten(name, Math.floor(marginLeft / 6.7)),
    },
    fx: faceted(stages),
    color,
    ariaLabel: `${unit} by ${by}`,
    marks: [
      Plot.barX(
        shown,
        Plot.stackX<Plot.BarXOptions>(
          { order },
          { y: "name", x: "calls", fill: "kind", fx: "stage", inset: 0.5, channels: CHANNELS, tip: TIP },
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
    height: 280,
    marginLeft: 60,
    marginBottom: 50,
    x: { type: "utc", label: "Time (UTC)", labelAnchor: "center", labelOffset: 42 },
    y: { label: "Calls an hour", grid: true, zero: true },
    color: { domain: ["came", "forecast"], range: [BLUE, VERMILLION], legend: true },
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

/** What a tip says: the number itself, not where it is stacked. */
const CHANNELS = { calls: { value: "calls", label: "calls" }, kind: { value: "kind", label: "what" } };
const TIP = { format: { x: false, x1: false, x2: false, y: true, fill: false, fx: true, fy: true } } as const;

// The columns of a stage that has no call of the choice stay: nothing is an answer.
function faceted(stages: Frame["stages"]) {
  const titles = new Map(stages.map(({ name, title }) => [name, title]));
  return {
    label: null,
    domain: stages.map(({ name }) => name),
    tickFormat: (name: string) => titles.get(name) ?? name,
  };
}

function longestOf(shown: readonly Bar[]): number {
  const lengths = new Map<string, number>();
  for (const { stage, name, calls } of shown) {
    const key = JSON.stringify([stage, name]);
    lengths.set(key, (lengths.get(key) ?? 0) + calls);
  }
  return Math.max(...lengths.values());
}

function spanOf(slots: OverTime["slots"]): [number, number] {
  return [0, Math.max(...slots.map(({ to }) => to))];
}

// An ARN's end says more than its beginning.
function shorten(name: string, longest: number): string {
  return name.length <= longest ? name : `…${name.slice(1 - longest)}`;
}

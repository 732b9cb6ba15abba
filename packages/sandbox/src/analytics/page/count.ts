/** What the page's charts and tables count: pure, so that both show the same numbers. */
import { API, NOBODY, OUTCOMES, type Outcome, type PageCalls, type PageStage } from "./data.ts";

/** Calls with the stage that they are of. */
export type StageCalls = PageCalls & { stage: string };

/** One number of a chart: so many calls of a kind, by what a property names, in a stage. */
export interface Bar {
  stage: string;
  name: string;
  kind: string;
  calls: number;
}

/** One number of a chart over time. */
export interface Slot {
  stage: string;
  /** Time since the stage's first call: where the slot begins, and where it ends. */
  from: number;
  to: number;
  kind: Outcome;
  calls: number;
}

/** A chart over time. */
export interface OverTime {
  slots: Slot[];
  /** Length of a slot. */
  seconds: number;
  /** What `from` and `to` count. */
  unit: "Seconds" | "Minutes" | "Hours";
}

const MOST_SLOTS = 60;
/** Lengths of a slot in seconds that a reader can say. */
const LENGTHS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400];

const SECONDS = ["Seconds", 1, 0] as const;
/** A unit, its length in seconds, and the shortest time that is told in it. */
const UNITS = [["Hours", 3600, 10_800], ["Minutes", 60, 180], SECONDS] as const;

/** In the order in which they were stood up: before, and after. */
export function stagesOf(calls: readonly StageCalls[]): string[] {
  return [...new Set(calls.map(({ stage }) => stage))];
}

export const sum = (calls: readonly { calls: number }[]): number => calls.reduce((all, each) => all + each.calls, 0);

/** The most called of what a property names, the greatest first, and how many names there are. */
export function barsBy(
  property: "route" | "principal" | "network",
  kind: "outcome" | "problem",
  calls: readonly StageCalls[],
  most: number,
): { bars: Bar[]; names: string[]; all: number } {
  const totals = tally(calls, (call) => call[property]);
  const names = [...totals]
    .sort(([one, first], [other, second]) => second - first || (one < other ? -1 : 1))
    .map(([name]) => name);
  const shown = names.slice(0, most);
  const counted = tally(
    calls.filter((call) => shown.includes(call[property])),
    (call) => JSON.stringify([call.stage, call[property], call[kind]]),
  );
  const bars = [...counted].map(([key, count]): Bar => {
    const [stage = "", name = "", of = ""] = JSON.parse(key) as string[];
    return { stage, name, kind: of, calls: count };
  });
  const stages = stagesOf(calls);
  bars.sort(
    (one, other) =>
      shown.indexOf(one.name) - shown.indexOf(other.name) ||
      stages.indexOf(one.stage) - stages.indexOf(other.stage) ||
      other.calls - one.calls ||
      (one.kind < other.kind ? -1 : 1),
  );
  return { bars, names: shown, all: names.length };
}

/** The kinds of some bars, the most frequent first: their order in a legend. */
export function kindsOf(bars: readonly Bar[]): string[] {
  return [...tally(bars, ({ kind }) => kind)].sort(([, one], [, other]) => other - one).map(([kind]) => kind);
}

/** Calls over time, each stage from its first call on, so that before and after lie beside each other. */
export function slotsOf(calls: readonly StageCalls[]): OverTime {
  const firsts = new Map<string, number>();
  let longest = 0;
  for (const { stage, time } of calls) {
    const at = Date.parse(time);
    firsts.set(stage, Math.min(firsts.get(stage) ?? at, at));
  }
  const since = ({ stage, time }: StageCalls) => (Date.parse(time) - (firsts.get(stage) ?? 0)) / 1000;
  for (const call of calls) longest = Math.max(longest, since(call));
  const seconds = LENGTHS.find((length) => longest / length < MOST_SLOTS) ?? Math.ceil(longest / MOST_SLOTS);
  const [unit, length] = UNITS.find(([, , least]) => longest >= least) ?? SECONDS;
  const counted = tally(calls, (call) => JSON.stringify([call.stage, Math.floor(since(call) / seconds), call.outcome]));
  const slots = [...counted].map(([key, count]): Slot => {
    const [stage, index, kind] = JSON.parse(key) as [string, number, Outcome];
    return { stage, from: (index * seconds) / length, to: ((index + 1) * seconds) / length, kind, calls: count };
  });
  return { slots: slots.sort((one, other) => one.from - other.from), seconds, unit };
}

/** `5 seconds`, `1 minute`, `2 hours`. */
export function inWords(seconds: number): string {
  const [length, unit] =
    seconds % 3600 === 0
      ? [seconds / 3600, "hour"]
      : seconds % 60 === 0
        ? [seconds / 60, "minute"]
        : [seconds, "second"];
  return `${length} ${unit}${length === 1 ? "" : "s"}`;
}

/** What is told first of a stage: its API's calls, and whether anybody knows who made them. */
export interface Glance {
  calls: number;
  byOutcome: Record<Outcome, number>;
  /** Requests that the firewall's own log says it ended; undefined where there is no such log. */
  firewall: number | undefined;
  principals: number;
  networks: number;
  /** Calls by nobody. */
  nameless: number;
  /** Denials of a caller that has a name. */
  namedDenials: number;
}

export function glanceAt({ calls, counts }: PageStage): Glance {
  const api = calls.filter(({ source }) => source === API);
  const named = api.filter(({ principal }) => principal !== NOBODY);
  const of = (outcome: Outcome) => sum(api.filter((call) => call.outcome === outcome));
  return {
    calls: sum(api),
    byOutcome: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, of(outcome)])) as Record<Outcome, number>,
    firewall:
      counts.waf === undefined
        ? undefined
        : sum(calls.filter(({ source, outcome }) => source === "waf" && outcome === "denied")),
    principals: new Set(named.map(({ principal }) => principal)).size,
    networks: new Set(api.map(({ network }) => network)).size,
    nameless: sum(api) - sum(named),
    namedDenials: sum(named.filter(({ outcome }) => outcome === "denied")),
  };
}

function tally<T extends { calls: number }>(calls: readonly T[], key: (call: T) => string): Map<string, number> {
  const counted = new Map<string, number>();
  for (const call of calls) counted.set(key(call), (counted.get(key(call)) ?? 0) + call.calls);
  return counted;
}

import { median } from "../paired.ts";
import type { BenchCase, BenchSet } from "./requests.ts";

/** What a firewall made of a case. */
export interface Result {
  blocked: boolean;
  /** Rules against injection matched, whatever else did. */
  injection: boolean;
}

/** One line of the report: of some cases, how many each firewall blocked. */
export interface Line {
  what: string;
  cases: number;
  /** Blocked by each firewall. */
  blocked: number[];
  /** Of each firewall, those that a rule against injection matched. */
  injection: number[];
  /** The share of the first firewall that is held, and on which side. */
  limit?: { atLeast: number } | { atMost: number };
}

/** Cases that a line counts. */
interface Selection {
  what: string;
  sets: readonly BenchSet[];
  attack: boolean;
  limit?: Line["limit"];
}

/** What is judged, and what is shown beside it. */
export const SELECTIONS: readonly Selection[] = [
  { what: "attacks: Core Rule Set, SQL injection (942)", sets: ["crs-942"], attack: true },
  { what: "attacks: Core Rule Set, XSS (941)", sets: ["crs-941"], attack: true },
  { what: "attacks: Core Rule Set, both", sets: ["crs-942", "crs-941"], attack: true, limit: { atLeast: 0.8 } },
  { what: "attacks: held-out cases", sets: ["held-out"], attack: true, limit: { atLeast: 0.8 } },
  { what: "attacks: libinjection's own data", sets: ["libinjection"], attack: true },
  {
    what: "benign: schemathesis from our OpenAPI document",
    sets: ["schemathesis"],
    attack: false,
    limit: { atMost: 0.05 },
  },
  { what: "benign: held-out cases", sets: ["held-out"], attack: false, limit: { atMost: 0.05 } },
  { what: "not attacks: libinjection's own data", sets: ["libinjection"], attack: false },
  { what: "near misses: Core Rule Set's negative tests", sets: ["crs-negative"], attack: false },
];

/**
 * Counts, line by line, what each firewall did.
 *
 * @param results of each firewall, one for each case and in the same order
 * @throws Error where a firewall judged more or fewer cases than there are: a figure of other cases would be none
 */
export function linesOf(cases: readonly BenchCase[], results: readonly (readonly Result[])[]): Line[] {
  for (const [index, one] of results.entries()) {
    if (one.length === cases.length) continue;
    throw new Error(`bench:waf: firewall ${index + 1} judged ${one.length} cases of ${cases.length}`);
  }
  return SELECTIONS.map(({ what, sets, attack, limit }) => {
    const at = cases.flatMap((one, index) => (one.attack === attack && sets.includes(one.set) ? [index] : []));
    const count = (read: (result: Result) => boolean) =>
      results.map((one) => at.filter((index) => read(one[index] as Result)).length);
    return {
      what,
      cases: at.length,
      blocked: count(({ blocked }) => blocked),
      injection: count(({ injection }) => injection),
      ...(limit && { limit }),
    };
  });
}

/** Whether the first firewall holds a line's limit; a line of no cases holds none. */
export function held({ cases, blocked: [own = 0], limit }: Line): boolean {
  if (!limit) return true;
  if (cases === 0) return false;
  return "atLeast" in limit ? own / cases >= limit.atLeast : own / cases <= limit.atMost;
}

/** Requests a second of one round, from the time of each. */
export function perSecond(nanoseconds: readonly number[]): number {
  return (nanoseconds.length * 1e9) / nanoseconds.reduce((sum, one) => sum + one, 0);
}

/** The table, as text; `names` are the firewalls'. */
export function tableOf(
  lines: readonly Line[],
  names: readonly string[],
  rounds: readonly (readonly number[])[],
): string {
  const share = (part: number, cases: number) =>
    cases === 0 ? "none" : `${part} (${((100 * part) / cases).toFixed(1)} %)`;
  const rows = lines.map((line) => [
    held(line) ? "     " : "MISS ",
    line.what,
    String(line.cases),
    ...names.map((_, at) => share(line.blocked[at] ?? 0, line.cases)),
    line.limit ? limitText(line.limit) : "",
  ]);
  const speed = [
    "     ",
    "requests a second, one thread, median",
    "",
    ...rounds.map((of) => Math.round(median(of)).toLocaleString("en")),
    "",
  ];
  const all = [["", "blocked of", "cases", ...names, "held"], ...rows, speed];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => (column > 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function limitText(limit: NonNullable<Line["limit"]>): string {
  return "atLeast" in limit ? `at least ${100 * limit.atLeast} %` : `at most ${100 * limit.atMost} %`;
}

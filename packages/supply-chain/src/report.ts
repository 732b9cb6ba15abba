import type { RuleResult } from "./finding.ts";

/** How many rules are held, violated and not checked. */
export interface Verdict {
  held: number;
  violated: number;
  notChecked: number;
}

/** The results as lines to print: each rule, and each finding of it. */
export function reportLines(results: readonly RuleResult[]): string[] {
  return results.flatMap((result) => [
    `  ${STATES[stateOf(result)]} ${result.rule.padEnd(20)} ${String(result.checked).padStart(5)} looked at${[
      result.note,
      result.notChecked,
    ]
      .map((said) => (said === undefined ? "" : `; ${said}`))
      .join("")}`,
    ...result.findings.map(({ subject, message }) => `      ${subject} ${message}`),
  ]);
}

/** Counts the results. A rule with findings is violated even where a part of it could not be checked. */
export function verdict(results: readonly RuleResult[]): Verdict {
  const count = (state: State) => results.filter((result) => stateOf(result) === state).length;
  return { held: count("held"), violated: count("violated"), notChecked: count("notChecked") };
}

type State = keyof Verdict;
const STATES: Record<State, string> = { held: "held       ", violated: "VIOLATED   ", notChecked: "NOT CHECKED" };

function stateOf({ findings, notChecked }: RuleResult): State {
  if (findings.length > 0) return "violated";
  return notChecked === undefined ? "held" : "notChecked";
}

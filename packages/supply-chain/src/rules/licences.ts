import parse from "spdx-expression-parse";
import type { Finding, RuleResult } from "../finding.ts";
import type { Policy } from "../policy.ts";

/** An installed package and what its manifest says of its licence. */
export interface Licensed {
  name: string;
  version: string;
  /** As its manifest has it, or `""`. */
  licence: string;
}

type Expression = parse.Info;

/**
 * Every installed package has a licence of the list: of several by `OR`, one; of several by `AND`, each. A licence is what SPDX calls so; a
 * word like `UNLICENSED`, a file's name and nothing are none.
 */
export function licences(packages: readonly Licensed[], { licences: { allowed, exceptions } }: Policy): RuleResult {
  const findings: Finding[] = [];
  for (const { name, version, licence } of packages) {
    const isException = exceptions.some((each) => matches(each.name, name) && each.licence === licence);
    if (isException || permitted(licence, allowed)) continue;
    findings.push({
      subject: `${name}@${version}`,
      message: `has the licence ${licence || "(none)"}, which is not one of ${allowed.join(", ")}; choose another package`,
    });
  }
  return { rule: "licences", checked: packages.length, findings };
}

function permitted(licence: string, allowed: readonly string[]): boolean {
  try {
    return satisfies(parse(licence), allowed);
  } catch {
    return false;
  }
}

function satisfies(expression: Expression, allowed: readonly string[]): boolean {
  if ("conjunction" in expression) {
    const [left, right] = [satisfies(expression.left, allowed), satisfies(expression.right, allowed)];
    return expression.conjunction === "or" ? left || right : left && right;
  }
  // "Or any later version" and an exception from a licence are other terms than the licence's.
  return allowed.includes(expression.license) && expression.plus !== true && !("exception" in expression);
}

/** Whether a name is meant by a name of the policy, which may end in `*`. */
export function matches(pattern: string, name: string): boolean {
  return pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

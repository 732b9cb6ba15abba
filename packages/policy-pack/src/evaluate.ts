import { isLowered } from "./floors.ts";
import type { Level, PolicyResource, Rule, Severity, Verdicts, ViolationDetails } from "./model.ts";
import { Reader } from "./reader.ts";
import { Stack } from "./stack.ts";
import { checkSuppressions, counts, type Suppression } from "./suppressions.ts";
import { NotEvaluatedError } from "./unknown.ts";

export interface Finding {
  rule: string;
  severity: Severity;
  level: Level;
  urn: string;
  type: string;
  /** The resource's logical name. */
  name: string;
  /** What in the resource; empty when it is the resource as a whole. */
  key: string;
  message: string;
  remediation: string;
  url: string;
}

export interface NotEvaluated {
  rule: string;
  urn: string;
  type: string;
  name: string;
  reason: string;
}

export interface Evaluation {
  /** Violations that count, the worst first. */
  findings: Finding[];
  /** Violations that a suppression accepts, with its reason. */
  suppressed: (Finding & { reason: string; expires: string })[];
  /** Suppressions that have expired, or that no violation matches. */
  staleSuppressions: (Suppression & { expired: boolean })[];
  notEvaluated: NotEvaluated[];
  /** How many pairs of a rule and a resource passed, and to how many the rule does not apply though it looks at the type. */
  passed: number;
  notApplicable: number;
}

export interface EvaluateOptions {
  rules: readonly Rule[];
  /** The level of each rule; a rule without one is mandatory. */
  levels?: Readonly<Record<string, Level>>;
  suppressions?: readonly Suppression[];
  /** Default: the system's clock. */
  now?: Date;
}

const SEVERITIES: readonly Severity[] = ["critical", "high", "medium", "low"];

/**
 * Runs rules over the resources of a stack.
 *
 * @throws Error for a suppression that is not allowed.
 */
export function evaluate(resources: readonly PolicyResource[], options: EvaluateOptions): Evaluation {
  const { rules, levels = {}, suppressions = [], now = new Date() } = options;
  checkSuppressions(suppressions, new Set(rules.map(({ name }) => name)));
  const stack = new Stack(resources);
  const used = new Set<Suppression>();
  const evaluation: Evaluation = {
    findings: [],
    suppressed: [],
    staleSuppressions: [],
    notEvaluated: [],
    passed: 0,
    notApplicable: 0,
  };
  for (const rule of rules) {
    const level = levels[rule.name] ?? "mandatory";
    if (level === "disabled") continue;
    for (const resource of resources) {
      if (!looksAt(rule, resource)) continue;
      const outcome = runRule(rule, resource, stack);
      const { urn, type, name } = resource;
      for (const reason of outcome.notEvaluated)
        evaluation.notEvaluated.push({ rule: rule.name, urn, type, name, reason });
      for (const { message, key } of outcome.violations) {
        const { severity, remediation, url } = rule;
        const finding = { rule: rule.name, severity, level, urn, type, name, key, message, remediation, url };
        const accepted = suppressions.find((each) => matches(each, finding) && counts(each, now));
        if (accepted === undefined) evaluation.findings.push(finding);
        else {
          used.add(accepted);
          evaluation.suppressed.push({ ...finding, reason: accepted.reason, expires: accepted.expires });
        }
      }
      if (outcome.notApplicable.length > 0) evaluation.notApplicable += 1;
      else if (outcome.violations.length === 0 && outcome.notEvaluated.length === 0) evaluation.passed += 1;
    }
  }
  evaluation.findings.sort(worstFirst);
  evaluation.staleSuppressions = suppressions
    .filter((each) => !used.has(each))
    .map((each) => ({ ...each, expired: !counts(each, now) }));
  return evaluation;
}

export interface Outcome {
  violations: { message: string; key: string }[];
  notEvaluated: string[];
  notApplicable: string[];
}

/** What one rule says about one resource. A violation that a lowered floor's tag explains is left to the rule `lowered-floor`. */
export function runRule(rule: Rule, resource: PolicyResource, stack = new Stack([resource])): Outcome {
  const outcome: Outcome = { violations: [], notEvaluated: [], notApplicable: [] };
  const catching = (work: () => void) => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof NotEvaluatedError)) throw error;
      if (!outcome.notEvaluated.includes(error.message)) outcome.notEvaluated.push(error.message);
    }
  };
  const verdicts: Verdicts = {
    violation: (message, { key = "", floor, tagged = resource }: ViolationDetails = {}) => {
      if (floor !== undefined && isLowered(tagged, floor)) return;
      outcome.violations.push({ message: `${resource.name}: ${message}`, key });
    },
    notEvaluated: (reason) => outcome.notEvaluated.push(reason),
    notApplicable: (reason) => outcome.notApplicable.push(reason),
    each: (items, look) => {
      for (const item of items) catching(() => look(item));
    },
  };
  catching(() => rule.check({ resource, props: new Reader(resource.props), stack }, verdicts));
  return outcome;
}

function matches({ rule, resource, key = "" }: Suppression, finding: Finding): boolean {
  return rule === finding.rule && resource === finding.name && key === finding.key;
}

function worstFirst(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    a.rule.localeCompare(b.rule) ||
    a.urn.localeCompare(b.urn) ||
    a.key.localeCompare(b.key)
  );
}

/** Whether a rule looks at a resource: at its type, or at every resource of AWS's. */
export function looksAt({ appliesTo }: Rule, { type }: PolicyResource): boolean {
  return appliesTo.includes(type) || (appliesTo.includes("*") && type.startsWith("aws:"));
}

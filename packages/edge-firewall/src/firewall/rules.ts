import { createHash } from "node:crypto";
import { RuleAction } from "./args.ts";
import { statementCapacity } from "./capacity.ts";
import { FIXED } from "./defaults.ts";
import { PHASES, type RuleDraft, type SetArns } from "./rule.ts";
import type { Everything, Statement } from "./statements.ts";

/** A rule as `aws.wafv2.WebAcl` takes it. */
export interface EmittedRule {
  name: string;
  priority: number;
  statement: Statement;
  action?: EmittedAction;
  overrideAction?: { none?: Everything; count?: Everything };
  visibilityConfig: { cloudwatchMetricsEnabled: boolean; metricName: string; sampledRequestsEnabled: boolean };
}

/** What a rule does: one of the members. */
export interface EmittedAction {
  allow?: Everything;
  count?: Everything;
  challenge?: Everything;
  captcha?: Everything;
  block?: {
    customResponse: {
      responseCode: number;
      customResponseBodyKey: string;
      responseHeaders: { name: string; value: string }[];
    };
  };
}

/** Priorities of a phase. */
const PHASE_SIZE = 100_000;

/**
 * The drafts with their priorities, by priority. A rule's priority is made from its phase and its key alone, so that a rule that is
 * added or removed changes no other. Two keys of one phase that meet are told apart in the order of their names.
 */
export function orderedDrafts(drafts: RuleDraft[]): (RuleDraft & { priority: number })[] {
  const taken = new Set<number>();
  return drafts
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map((draft) => {
      let priority = PHASES.indexOf(draft.phase) * PHASE_SIZE + hashed(draft.key);
      while (taken.has(priority)) priority += 1;
      taken.add(priority);
      return { ...draft, priority };
    })
    .sort((a, b) => a.priority - b.priority);
}

function hashed(key: string): number {
  return createHash("sha256").update(key).digest().readUInt32BE(0) % (PHASE_SIZE / 2);
}

/** The rules, with the ARNs of their sets. */
export function emittedRules(
  drafts: (RuleDraft & { priority: number })[],
  arns: SetArns,
  counting: Set<string>,
): EmittedRule[] {
  return drafts.map((draft) => {
    const { key, priority } = draft;
    const counts = counting.has(key);
    return {
      name: key,
      priority,
      statement: draft.statement(arns),
      ...(draft.action === undefined
        ? { overrideAction: counts ? { count: {} } : { none: {} } }
        : { action: counts ? { count: {} } : actionOf(draft, draft.action) }),
      visibilityConfig: {
        cloudwatchMetricsEnabled: FIXED.metrics,
        metricName: key,
        sampledRequestsEnabled: true,
      },
    };
  });
}

function actionOf(draft: RuleDraft, action: RuleAction): EmittedAction {
  switch (action) {
    case RuleAction.Allow:
      return { allow: {} };
    case RuleAction.Count:
      return { count: {} };
    case RuleAction.Challenge:
      return { challenge: {} };
    case RuleAction.Captcha:
      return { captcha: {} };
    case RuleAction.Block:
      return { block: { customResponse: refusal(draft) } };
  }
}

function refusal({ answer = "forbidden", retryAfterSeconds }: RuleDraft) {
  const responseHeaders = [
    { name: "cache-control", value: "no-store" },
    { name: "x-content-type-options", value: "nosniff" },
  ];
  if (retryAfterSeconds !== undefined) responseHeaders.push({ name: "retry-after", value: String(retryAfterSeconds) });
  return { responseCode: answer === "forbidden" ? 403 : 429, customResponseBodyKey: answer, responseHeaders };
}

/** The capacity units of a rule: its statement's, or a group's fixed ones and those of its scope. */
export function ruleCapacity(draft: RuleDraft): number {
  const statement = draft.statement(() => "");
  if (draft.groupCapacity === undefined) return statementCapacity(statement);
  const scope = statement.managedRuleGroupStatement?.scopeDownStatement;
  return draft.groupCapacity + (scope === undefined ? 0 : statementCapacity(scope));
}

import { describe, expect, test } from "vitest";
import { evaluate, runRule } from "../src/evaluate.ts";
import type { PolicyResource, Rule } from "../src/model.ts";
import { Stack } from "../src/stack.ts";

export { UNKNOWN } from "../src/unknown.ts";

/** A resource with an id that is its name. */
export function resource(
  type: string,
  name: string,
  props: Record<string, unknown>,
  more: Partial<PolicyResource> = {},
): PolicyResource {
  return { type, name, urn: `urn:pulumi:stack::project::${type}::${name}`, props, id: name, ...more };
}

type Expected = "violates" | "passes" | "not applicable" | "not evaluated";

interface More {
  /** Default: the first of the rule's types. */
  type?: string;
  /** Other resources of the stack; the one under test is named `subject`, and so is its id. */
  others?: PolicyResource[];
  dependencies?: Record<string, string[]>;
}

/** What is expected, what the case is, the inputs, and the exact sentences: of the violations without the resource's name, or the reasons. */
export type Case = [Expected, string, Record<string, unknown>, string[]?, More?];

/** One test per case; a rule must be tested in both directions and with an unknown value. */
export function ruleCases(rule: Rule, cases: Case[]): void {
  describe(rule.name, () => {
    test.each(cases)("%s: %s", (expected, _title, props, sentences = [], more = {}) => {
      const type = more.type ?? (rule.appliesTo[0] as string);
      const subject = resource(type, "subject", props, { dependencies: more.dependencies ?? {} });
      const outcome = runRule(rule, subject, new Stack([subject, ...(more.others ?? [])]));
      expect({ ...outcome, violations: outcome.violations.map(({ message }) => message) }).toEqual({
        violations: expected === "violates" ? sentences.map((sentence) => `subject: ${sentence}`) : [],
        notApplicable: expected === "not applicable" ? sentences : [],
        notEvaluated: expected === "not evaluated" ? sentences : [],
      });
      if (expected !== "passes") expect(sentences.length).toBeGreaterThan(0);
    });

    test("is tested in both directions and with an unknown value", () => {
      const kinds = new Set(cases.map(([expected]) => expected));
      expect([...kinds]).toEqual(expect.arrayContaining(["violates", "passes"]));
      expect(JSON.stringify(cases, (_key, value) => (typeof value === "symbol" ? "UNKNOWN" : value))).toContain(
        "UNKNOWN",
      );
    });

    test("does not apply to another type", () => {
      if (rule.appliesTo.includes("*")) return;
      const { findings, notEvaluated, passed } = evaluate([resource("aws:other/thing:Thing", "other", {})], {
        rules: [rule],
      });
      expect([findings, notEvaluated, passed]).toEqual([[], [], 0]);
    });
  });
}

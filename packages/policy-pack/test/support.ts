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

    test("is tested at its boundary: two cases that differ in one value, of which one violates and one does not", () => {
      const leaves = cases.map(([expected, , props, , more = {}]) => ({
        expected,
        leaves: leavesOf({ props, others: more.others, type: more.type, dependencies: more.dependencies }),
      }));
      const pairs = leaves
        .filter(({ expected }) => expected === "violates")
        .flatMap((bad) =>
          leaves.filter(({ expected }) => expected !== "violates").map((good) => distance(bad.leaves, good.leaves)),
        );
      expect(Math.min(...pairs)).toBeLessThanOrEqual(1);
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

/** Every value in a case by its path; JSON text is looked into, and each further resource counts as one value. */
function leavesOf(value: unknown, path = ""): Map<string, string> {
  const read = typeof value === "string" && /^[[{]./.test(value) ? (JSON.parse(value) as unknown) : value;
  // What is empty is as what is absent, and a resource beside the rule's own is one value.
  if (read === undefined || (typeof read === "object" && read !== null && Object.keys(read).length === 0))
    return new Map();
  if (/^\/others\/\d+$/.test(path) || read === null || typeof read !== "object") {
    return new Map([[path, typeof read === "object" ? JSON.stringify(read) : String(read)]]);
  }
  return new Map(Object.entries(read).flatMap(([key, item]) => [...leavesOf(item, `${path}/${key}`)]));
}

/** How many values differ; a whole object that only one of them has is one value. */
function distance(a: Map<string, string>, b: Map<string, string>): number {
  const differing = [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path));
  const only = (path: string) => a.has(path) !== b.has(path);
  const roots = differing.map((path) => {
    if (!only(path)) return path;
    const [without, parts] = [a.has(path) ? b : a, path.split("/")];
    const missing = parts.findIndex((_part, index) => {
      const prefix = parts.slice(0, index + 1).join("/");
      return ![...without.keys()].some((key) => key === prefix || key.startsWith(`${prefix}/`));
    });
    return parts.slice(0, missing === -1 ? undefined : missing + 1).join("/");
  });
  return new Set(roots).size;
}

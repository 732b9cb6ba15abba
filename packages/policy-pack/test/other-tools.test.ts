import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { RULES } from "../src/registry.ts";

const NAMES = RULES.map(({ name }) => name);

function known<T>(file: string): [string, T][] {
  return Object.entries(JSON.parse(readFileSync(resolve(import.meta.dirname, "../../../.ci", file), "utf8")));
}

test("what parliament finds in the stages is a rule of ours or has a written reason", () => {
  const issues = known<{ rule?: string; reason?: string }>("parliament.json");
  expect(issues.length).toBeGreaterThan(0);
  for (const [issue, { rule, reason }] of issues) {
    expect([rule === undefined, reason === undefined], issue).toContain(true);
    if (rule === undefined) expect(reason?.length, issue).toBeGreaterThan(20);
    else expect(NAMES).toContain(rule);
  }
});

test("what checkov finds in the stages is a rule of ours or has a written reason for named resources", () => {
  const checks = known<{ title: string; rules?: string[]; reasons?: { where: string; reason: string }[] }>(
    "checkov.json",
  );
  expect(checks.length).toBeGreaterThan(40);
  for (const [check, { title, rules = [], reasons = [] }] of checks) {
    expect(check).toMatch(/^CKV2?_AWS_\d+$/);
    expect(title.length, check).toBeGreaterThan(5);
    expect(rules.length + reasons.length, check).toBeGreaterThan(0);
    expect(
      rules.filter((rule) => !NAMES.includes(rule)),
      check,
    ).toEqual([]);
    for (const { where, reason } of reasons) {
      expect(() => new RegExp(`^(?:${where})$`), check).not.toThrow();
      expect(reason.length, check).toBeGreaterThan(30);
      // A reason that names a rule names one that there is.
      const named =
        reason.match(/\b(?:lambda|rds|s3|iam|apigateway|guardduty|secretsmanager|cloudtrail)-[a-z-]+[a-z]/g) ?? [];
      expect(
        named.filter((rule) => !NAMES.includes(rule)),
        check,
      ).toEqual([]);
    }
  }
});

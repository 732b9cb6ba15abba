import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CONTROLS } from "../../policy-pack/src/controls.ts";
import { coverageOf } from "../../policy-pack/src/coverage.ts";
import { RULES } from "../../policy-pack/src/registry.ts";

/** Issue 8, "accepted when" 4. That the stages violate no rule: packages/sandbox/test/preview-agreement.test.ts and preview-account.test.ts. */
const SERVICES = ["CloudTrail", "GuardDuty", "SNS", "S3", "KMS", "OpenSearch", "Inspector", "Config"];

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const section = readme.split("## Security Hub's controls")[1]?.split("\n## ")[0] ?? "";
const rows = new Map(
  [...section.matchAll(/^\| (\w+\.\d+) +\| (.+?) +\|$/gm)].map(([, id = "", words = ""]) => [id, words]),
);
const coverage = coverageOf(RULES).filter(({ service }) => SERVICES.includes(service));

test("the README has a row for each control of these services, and no other", () => {
  const wanted = CONTROLS.filter(({ service }) => SERVICES.includes(service)).map(({ id }) => id);
  expect(wanted.length).toBeGreaterThan(50);
  expect([...rows.keys()].sort()).toEqual(wanted.sort());
});

test.each(coverage)("$id is met by what the pack holds it with, or is exempt for a reason", ({ id, rules, status }) => {
  const words = rows.get(id) ?? "";
  const named = RULES.map(({ name }) => name).filter((name) => words.includes(`\`${name}\``));
  // A rule that the row names looks at this control.
  expect(rules).toEqual(expect.arrayContaining(named));
  const isExempt = /(^|; )exempt/.test(words);
  if (isExempt) expect(words.length).toBeGreaterThan("exempt: ".length + 15);
  else if (status === "enforced") expect(named.length).toBeGreaterThan(0);
  else expect(words).toMatch(/`[\w-]+`/);
});

test("the README says of every switch of the account what it costs", () => {
  const switches = readme.split("## AccountSecurity")[1]?.split("\n## ")[0] ?? "";
  for (const name of ["accessAnalyzer", "securityHub", "configRecorder", "inspector", "macie"]) {
    expect(switches).toMatch(new RegExp(`^\\| \`${name}\`.*\\| (.*\\$|nothing)`, "m"));
  }
});

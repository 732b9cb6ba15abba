import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { CONTROLS } from "../src/controls.ts";
import { controlsMarkdown, coverageOf, UNCOVERED } from "../src/coverage.ts";
import { RULES } from "../src/registry.ts";

test("every control has a rule or a written reason, and is there once", () => {
  const coverage = coverageOf(RULES);
  const count = (status: string) => coverage.filter((each) => each.status === status).length;
  expect([coverage.length, count("enforced"), count("declared by design"), count("out of scope")]).toEqual(COUNTS);
  expect(new Set(CONTROLS.map(({ id }) => id)).size).toBe(CONTROLS.length);
  for (const { id } of CONTROLS) expect(id).toMatch(/^[A-Za-z0-9]+\.\d+$/);
  for (const { reason } of Object.values(UNCOVERED)) expect(reason.length).toBeGreaterThan(20);
  expect(Object.keys(UNCOVERED).filter((id) => !CONTROLS.some((control) => control.id === id))).toEqual([]);
});

/** All, enforced, declared by design, out of scope. */
const COUNTS = [230, 173, 14, 43];

test("a control without either is an error, and so is one with both", () => {
  expect(() => coverageOf([])).toThrow(
    "APIGateway.1: received 0 rules and no reason; allowed: a rule or a reason why there is none",
  );
  const rule = {
    ...(RULES[0] as (typeof RULES)[number]),
    references: [{ framework: "FSBP" as const, id: "Lambda.3" }],
  };
  expect(() => coverageOf([...RULES, rule])).toThrow("Lambda.3: received 1 rules and a reason;");
});

test("docs/CONTROLS.md is up to date: pnpm --filter @palisade/policy-pack rules", () => {
  const file = resolve(import.meta.dirname, "../../../docs/CONTROLS.md");
  expect(readFileSync(file, "utf8")).toBe(controlsMarkdown(RULES));
});

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { RULES } from "../src/registry.ts";

test("what parliament finds in the stages is a rule of ours or has a written reason", () => {
  const file = resolve(import.meta.dirname, "../../../.ci/parliament.json");
  const known: Record<string, { rule?: string; reason?: string }> = JSON.parse(readFileSync(file, "utf8"));
  expect(Object.keys(known).length).toBeGreaterThan(0);
  for (const [issue, { rule, reason }] of Object.entries(known)) {
    expect([rule === undefined, reason === undefined], issue).toContain(true);
    if (rule === undefined) expect(reason?.length, issue).toBeGreaterThan(20);
    else expect(RULES.map(({ name }) => name)).toContain(rule);
  }
});

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { CONTROLS } from "../src/controls.ts";
import { controlsMarkdown, coverageOf, UNCOVERED } from "../src/coverage.ts";
import { RULES } from "../src/registry.ts";

/** The controls by service, read out of the list of AWS's facts that the project was started with, apart from `controls.ts`. */
const FACTS: Record<string, string> = {
  ACM: "1 2",
  APIGateway: "1 2 3 4 5 8 9 10 11",
  Account: "1",
  Athena: "4",
  Backup: "1",
  CloudFront: "1 3 4 5 6 7 8 9 10 12 13 15 16",
  CloudTrail: "1 2 3 4 5 6 7",
  Cognito: "1 2 3 4 5 6",
  Config: "1",
  DataFirehose: "1",
  DynamoDB: "1 2 3 6 7",
  EC2: "2 6 7 10 15 16 18 19 21 53 54 55 56 57 58 60 172 180",
  ECR: "1 2 3",
  EventBridge: "3",
  Glue: "3 4",
  GuardDuty: "1 5 6 7 8 9 10 11 12 13",
  IAM: "1 2 3 4 5 6 7 8 9 15 16 18 21 22 26 27 28",
  Inspector: "1 2 3 4",
  KMS: "1 2 3 4 5",
  Kinesis: "1 3",
  Lambda: "1 2 3 5 6 7",
  Macie: "1 2",
  NetworkFirewall: "2 3 4 5 6 9 10",
  OpenSearch: "1 2 3 4 5 6 7 8 10",
  RDS: "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 19 20 21 22 23 24 25 27 34 35 36 37 40 41 42 43 44 45 46 47 48",
  Redshift: "1 2 3 4 6 7 8 10 15 18",
  RedshiftServerless: "1 2 3 4 5 6",
  S3: "1 2 3 5 6 8 9 12 13 14 15 17 19 20 22 23 24 25",
  SNS: "1 4",
  SQS: "1 3",
  SageMaker: "1 2 3 4 5 8",
  SecretsManager: "1 2 3 4",
  StepFunctions: "1",
  WAF: "1 2 3 4 6 7 8 10 11 12",
};

test("the controls are those of the list, none more and none less", () => {
  const listed = Object.entries(FACTS).flatMap(([service, ids]) => ids.split(" ").map((id) => `${service}.${id}`));
  expect(CONTROLS.map(({ id }) => id).sort()).toEqual(listed.sort());
});

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
const COUNTS = [230, 188, 16, 26];

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

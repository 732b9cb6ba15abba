import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { EdgeFirewall } from "../../edge-firewall/src/index.ts";
import { HardenedDatabase, IdempotencyTable } from "../../hardened-database/src/index.ts";
import { HardenedFunction } from "../../hardened-function/src/index.ts";
import { PolicyStore, RevocationTable, SecureGateway, SharedAuthorizer } from "../../secure-gateway/src/index.ts";
import { functionRef, smallArgs } from "../../secure-gateway/test/fixtures.ts";
import { API_DOCUMENT, POLICIES, USER_POOL } from "../../secure-gateway/test/policy-store/support.ts";
import { previewStage } from "../src/preview.ts";
import { readStackConfig } from "../src/stack-config.ts";

/** The components and the policy pack agree: what a component makes by default violates no rule, and is all judged. */

const code = new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset("export const handler = 1;") });
const REASON = "a written reason of the test";

async function judged(stage: string, program: () => unknown) {
  const { policy } = await previewStage({ stage, config: {}, program });
  const found = policy.findings.map(({ rule, name, key, level }) => ({ rule, name, key, level }));
  return { found, policy };
}

test.each<[string, () => unknown, string[]]>([
  ["HardenedFunction", () => new HardenedFunction("orders", { code }), []],
  ["IdempotencyTable", () => new IdempotencyTable("keys"), []],
  [
    "HardenedDatabase",
    () => new HardenedDatabase("db", { databaseName: "shop" }),
    ["wildcard-FindLogGroup", "wildcard-WriteFlowLogs"],
  ],
  ["SecureGateway", () => new SecureGateway("api", smallArgs()), ["unauthenticated-route-getStatus"]],
  ["RevocationTable", () => new RevocationTable("revoked"), []],
  [
    "SharedAuthorizer",
    () =>
      new SharedAuthorizer("shared", {
        function: functionRef("authorizer", "live"),
        apiArns: ["arn:aws:execute-api:eu-central-1:444455556666:a1b2c3d4e5"],
      }),
    [],
  ],
  ["EdgeFirewall", () => new EdgeFirewall("edge"), []],
  [
    "PolicyStore",
    () => new PolicyStore("permissions", { apiDocument: API_DOCUMENT, policies: POLICIES, userPool: USER_POOL }),
    [],
  ],
])("%s by default violates nothing; what it lowers itself is named", async (_name, program, floors) => {
  const { found, policy } = await judged("prod", program);
  const own = found.filter(({ rule }) => rule !== "apigateway-stage-web-acl");
  expect(own.map(({ rule, key }) => `${rule} ${key}`)).toEqual(floors.map((floor) => `lowered-floor ${floor}`));
  expect(policy.notEvaluated).toEqual([]);
  expect(policy.passed).toBeGreaterThan(0);
});

test.each<[string, () => unknown, string]>([
  [
    "a plain variable",
    () =>
      new HardenedFunction("orders", {
        code,
        environment: { API_KEY: "public" },
        plainEnvironmentReasons: { API_KEY: REASON },
      } as never),
    "plain-environment-API_KEY",
  ],
  ["a table that may be deleted", () => new IdempotencyTable("keys", { allowDeletion: REASON }), "deletion-protection"],
  [
    "a wildcard",
    () =>
      new HardenedFunction("orders", {
        code,
        statements: [{ sid: "All", actions: ["sns:Publish"], resources: ["*"], wildcardReason: REASON }],
      }),
    "wildcard-All",
  ],
])("%s yields exactly its finding", async (_name, program, floor) => {
  const { found } = await judged("prod", program);
  expect(found).toEqual([expect.objectContaining({ rule: "lowered-floor", key: floor, level: "advisory" })]);
});

test.each(["dev", "prod"])(
  "%s violates no mandatory rule, and nothing in it goes unjudged",
  async (stage) => {
    const config = await readStackConfig(stage);
    const program = (await import("@palisade/stacks")).default;
    const { policy } = await previewStage({ stage, config, program });
    expect(policy.findings.filter(({ level }) => level === "mandatory")).toEqual([]);
    expect(policy.notEvaluated).toEqual([]);
    expect(policy.passed + policy.judgedWithStandIns).toBeGreaterThan(500);
  },
  60_000,
);

test("weak violates a rule for each of the paper's weaknesses", async () => {
  const config = { "palisade:iKnowThisIsVulnerable": "true", ...(await readStackConfig("weak")) };
  const program = (await import("@palisade/stacks")).default;
  const { policy } = await previewStage({ stage: "weak", config, program });
  const rules = new Set(policy.findings.filter(({ level }) => level === "mandatory").map(({ rule }) => rule));
  expect([...rules]).toEqual(
    expect.arrayContaining([
      "apigateway-operation-authorizer",
      "apigateway-operation-model",
      "apigateway-operation-validator",
      "apigateway-stage-access-log",
      "apigateway-stage-settings",
      "iam-no-administrator",
      "lambda-environment-secrets",
      "lambda-role-of-its-own",
      "rds-managed-password",
      "rds-not-public",
      "security-group-ingress",
    ]),
  );
}, 180_000);

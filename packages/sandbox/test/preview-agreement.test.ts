import { existsSync } from "node:fs";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { AnalyticsPipeline, type AnalyticsPipelineArgs } from "../../analytics-pipeline/src/index.ts";
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
async function judged(stage: string, program: () => unknown) {
  const { policy } = await previewStage({ stage, config: {}, program });
  const found = policy.findings.map(({ rule, name, key }) => ({ rule, name, key }));
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

const WHY = "a written reason of the test";

const LOGS: AnalyticsPipelineArgs = {
  existingTrail: { bucketName: "trail" },
  apiAccessLog: { logGroupName: "access" },
  firewallLog: { logGroupName: "aws-waf-logs-edge" },
  databaseAuditLog: { logGroupName: "/aws/rds/cluster/shop/audit" },
};

/** Every switch of a pipeline, with a key of the stack's own, which asks for more. */
function everySwitch(): void {
  const { arn: kmsKeyArn } = new aws.kms.Key("stage", { enableKeyRotation: true });
  const { existingTrail: _, ...logs } = LOGS;
  new AnalyticsPipeline("calls", {
    ...logs,
    ownTrail: true,
    kmsKeyArn,
    alarmTopicArn: "arn:aws:sns:eu-central-1:111122223333:alarms",
    encryptAccountCatalog: WHY,
    lakeFormation: { readerArns: ["arn:aws:iam::111122223333:role/analysts"] },
    quickSight: {
      existingSubscription: WHY,
      viewerArns: ["arn:aws:quicksight:eu-central-1:111122223333:user/default/a"],
    },
    forecast: {},
    warehouse: {
      confirmPriceOf3DollarsAnHourInUse: WHY,
      subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
      securityGroupIds: ["sg-a"],
      databaseClusterArn: "arn:aws:rds:eu-central-1:111122223333:cluster:shop",
      tableArns: { keys: "arn:aws:dynamodb:eu-central-1:111122223333:table/keys" },
    },
  });
}

test.each<[string, () => unknown, string[]]>([
  ["what it makes by default", () => new AnalyticsPipeline("calls", LOGS), []],
  // Its own trail has the management events alone: an AuditTrail has them all.
  ["every switch", everySwitch, ["cloudtrail-object-reads", "cloudtrail-object-writes"]],
])("AnalyticsPipeline: %s violates nothing; its wildcards are named", async (_name, program, advised) => {
  const { found, policy } = await judged("prod", program);
  const others = found.filter(({ rule, key }) => rule !== "lowered-floor" || !key?.startsWith("wildcard-"));
  expect(others.map(({ rule }) => rule)).toEqual(advised);
  expect(policy.notEvaluated).toEqual([]);
  expect(policy.passed + policy.judgedWithStandIns).toBeGreaterThan(100);
});

test.each(["dev", "prod"])(
  "%s violates no rule without a suppression, and nothing in it goes unjudged",
  async (stage) => {
    const config = await readStackConfig(stage);
    const program = (await import("@palisade/stacks")).default;
    const { policy } = await previewStage({ stage, config, program });
    // Neither a mandatory nor an advisory one, with no suppression; what a stage lowered is told of with its reason.
    expect(policy.findings.filter(({ rule }) => rule !== "lowered-floor").map(({ message }) => message)).toEqual([]);
    expect(policy.suppressed).toEqual([]);
    expect(policy.notEvaluated).toEqual([]);
    expect(policy.passed + policy.judgedWithStandIns).toBeGreaterThan(500);
  },
  60_000,
);

/** Each weakness that the paper names, by its section, and the rules that see it in `weak`. */
const WEAKNESSES: [section: string, weakness: string, rules: string[]][] = [
  ["III.1.B", "the gateway is public and without authorization", ["apigateway-operation-authorizer"]],
  ["III.1.B", "an API key is no authorization, and lives long", ["apigateway-operation-authorizer"]],
  ["III.1.B", "no permission check on the data that is asked for", ["apigateway-operation-authorizer"]],
  [
    "III.1.B",
    "no caching and throttling in front of what is behind the gateway",
    ["apigateway-stage-settings", "apigateway-method-throttling", "apigateway-cache-encrypted"],
  ],
  ["III.1.D", "no model of the payload", ["apigateway-operation-model", "apigateway-operation-validator"]],
  ["III.1.D", "nobody is named by whom the code may be changed", ["lambda-tagged"]],
  ["III.2.A", "functions reach what is out of their scope", ["iam-no-administrator", "lambda-role-of-its-own"]],
  [
    "III.2.B",
    "the session can be targeted",
    ["cognito-client-auth-flows", "cognito-client-token-validity", "cognito-client-user-existence"],
  ],
  [
    "III.2.B",
    "privileges need careful attention",
    ["iam-privilege-escalation", "iam-pass-role", "iam-resource-wildcard", "iam-no-service-wildcard"],
  ],
  ["III.2.D", "functions expose what is not handled with care", ["lambda-environment-secrets", "rds-managed-password"]],
  [
    "IV.1.A",
    "the application is reachable past any defence",
    ["security-group-ingress", "rds-not-public", "lambda-permission-source"],
  ],
  ["IV.1.B", "no firewall against scripts and injection", ["apigateway-stage-web-acl"]],
  ["IV.1.B", "no firewall against brute force and floods", ["apigateway-stage-web-acl", "apigateway-stage-settings"]],
  [
    "IV.1.D",
    "accounts can be taken over by many attempts to sign in",
    ["cognito-threat-protection", "cognito-mfa", "cognito-password-policy"],
  ],
  [
    "IV.2.B",
    "no events are logged",
    ["apigateway-stage-access-log", "rds-logs-exported", "lambda-log-group", "apigateway-execution-logging"],
  ],
  ["V.1.B", "nobody sees the calls that an API's requests become", ["apigateway-stage-tracing", "lambda-tracing"]],
  ["V.1.D", "no monitoring of the database: its system", ["rds-enhanced-monitoring"]],
  ["V.1.D", "no monitoring of the database: its load", ["rds-database-insights"]],
];

/** Weaknesses that no resource shows, and what shows them instead: they are in code, or in what an account has once. */
const NOT_IN_RESOURCES: [section: string, weakness: string, where: string][] = [
  ["III.2.A", "untrusted input becomes a script in the user's browser", "packages/lab/src/attacks/xss-stored.ts"],
  ["III.2.C", "XML with entities and doctypes is expanded", "packages/lab/src/attacks/xxe-external-entity.ts"],
  ["III.2.C", "untrusted objects are deserialized", "packages/lab/src/attacks/unsafe-deserialization-rce.ts"],
  ["III.2.D", "third-party libraries are used without control", "packages/supply-chain/src/policy.ts"],
  ["IV.2.B", "no detection, no record of calls, no SIEM: the account's stage", "stacks/account/detection.ts"],
];

test("what no resource shows of the paper's weaknesses is shown where the table says", () => {
  const root = new URL("../../../", import.meta.url);
  expect(NOT_IN_RESOURCES.filter(([, , where]) => !existsSync(new URL(where, root)))).toEqual([]);
});

test("weak violates a rule for each weakness that the paper names", async () => {
  const config = { "palisade:iKnowThisIsVulnerable": "true", ...(await readStackConfig("weak")) };
  const program = (await import("@palisade/stacks")).default;
  const { policy } = await previewStage({ stage: "weak", config, program });
  const found = new Set(policy.findings.map(({ rule }) => rule));
  const unseen = WEAKNESSES.flatMap(([section, weakness, rules]) =>
    rules.filter((rule) => !found.has(rule)).map((rule) => `${section} ${weakness}: ${rule}`),
  );
  expect(unseen).toEqual([]);
}, 180_000);

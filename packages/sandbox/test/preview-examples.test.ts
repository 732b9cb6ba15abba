import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test, vi } from "vitest";
import { previewStage } from "../src/preview.ts";

/** Each example is previewed under the policy pack: what a reader copies has no finding that the pack makes mandatory. */

const examples = resolve(import.meta.dirname, "../../../examples");
const ARN = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:111122223333:${resource}`;
const list = (...items: string[]) => JSON.stringify(items);

/** What each example's README has its reader set. */
const CONFIG: Record<string, Record<string, string>> = {
  account: {},
  adopt: {
    listNotes: "list",
    authorizer: "decide",
    accessLogGroup: "access",
    firewallLogGroup: "aws-waf-logs-edge",
    vpcId: "vpc-1",
    subnetIds: list("subnet-1", "subnet-2"),
    routeTableIds: list("rtb-1"),
    userPoolId: "eu-central-1_pool",
    userPoolArn: ARN("cognito-idp", "userpool/eu-central-1_pool"),
    issuer: "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_pool",
    machineClientId: "machine",
    sessionClientId: "session",
  },
  analytics: { trailBucket: "trail", accessLog: "access", analysts: "arn:aws:iam::111122223333:role/analysts" },
  database: {},
  edge: {
    host: "api.example.com",
    certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1",
    stageArn: "arn:aws:apigateway:eu-central-1::/restapis/abcdef1234/stages/live",
    apiUrl: "https://abcdef1234.execute-api.eu-central-1.amazonaws.com/live",
    originSecret: "0123456789abcdef0123456789abcdef",
  },
  gateway: {
    listNotes: "list",
    addNote: "add",
    authorizer: "decide",
    webAclArn: ARN("wafv2", "regional/webacl/edge/1"),
  },
  "one-function": {},
  page: {
    host: "shop.example.com",
    certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1",
    originSecret: "0123456789abcdef0123456789abcdef",
  },
  policies: {
    userPoolId: "eu-central-1_pool",
    userPoolArn: ARN("cognito-idp", "userpool/eu-central-1_pool"),
    clientIds: list("client"),
  },
  "shared-authorizer": { authorizerCode: "." },
  teams: { developers: "arn:aws:iam::111122223333:role/sso-developers" },
  threats: { email: "security@example.com", functionArn: ARN("lambda", "function:orders") },
  users: {},
};

/** Why a finding stays, as the component's README says. */
const ACCEPTED: Record<string, string> = {
  "s3-access-logging page-bucket": "the bucket's only reader is the distribution, whose log names the visitors",
};

const programs = globSync("*/index.ts", { cwd: examples }).map((file) => file.split("/")[0] as string);

test("each example has a row", () => {
  expect(programs.filter((name) => CONFIG[name] === undefined)).toEqual([]);
});

test.each(programs.filter((name) => CONFIG[name] !== undefined).sort())(
  "examples/%s has no mandatory finding",
  async (name) => {
    const config = Object.entries(CONFIG[name] ?? {}).map(([key, value]) => [`palisade:${key}`, value]);
    const { policy, counts } = await previewStage({
      stage: name === "shared-authorizer" ? "owner" : "prod",
      config: { "aws:region": "eu-central-1", ...Object.fromEntries(config) },
      program: async () => {
        // A program is a module, and is run anew.
        vi.resetModules();
        const made = await import(join(examples, name, "index.ts"));
        return typeof made.default === "function" ? made.default() : { ...made };
      },
    });
    expect(counts.emulated + counts.declared).toBeGreaterThan(0);
    const mandatory = policy.findings.filter(
      ({ level, rule, name: resource }) => level === "mandatory" && ACCEPTED[`${rule} ${resource}`] === undefined,
    );
    expect(mandatory.map(({ rule, name: resource, message }) => `${rule} ${resource}: ${message}`)).toEqual([]);
  },
);

test("each component that is published is in an example", () => {
  const { resources } = JSON.parse(
    readFileSync(resolve(import.meta.dirname, "../../plugin/src/schema.golden.json"), "utf8"),
  );
  const texts = globSync("*/*.ts", { cwd: examples }).map((file) => readFileSync(join(examples, file), "utf8"));
  const missing = Object.keys(resources)
    .map((token) => token.replace("palisade:index:", ""))
    .filter((component) => !texts.some((text) => text.includes(`new ${component}(`)));
  // The simulator stands in the account's stage alone, where its configuration says why (stacks/account/simulator.ts).
  expect(missing).toEqual(["Siem", "ThreatSimulator"]);
});

import { request as httpRequest } from "node:http";
import * as aws from "@pulumi/aws";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ProvisionedStage, type Sandbox, startSandbox } from "../../src/index.ts";

let sandbox: Sandbox;
let stage: ProvisionedStage<unknown>;
const visibility = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  sampledRequestsEnabled: true,
  metricName,
});
const block = { action: { block: {} } };
const transformed = { textTransformations: [{ priority: 0, type: "URL_DECODE" }] };

/** A REST API whose every path answers with what the gateway got, behind a web ACL. */
function program() {
  const api = new aws.apigateway.RestApi("edge", {
    body: JSON.stringify({
      openapi: "3.0.1",
      info: { title: "edge", version: "1" },
      paths: {
        "/{proxy+}": {
          "x-amazon-apigateway-any-method": {
            responses: { 200: { description: "ok" } },
            "x-amazon-apigateway-integration": {
              type: "mock",
              requestTemplates: { "application/json": '{"statusCode": 200}' },
              responses: {
                default: { statusCode: "200", responseTemplates: { "application/json": '{"served":true}' } },
              },
            },
          },
        },
      },
    }),
  });
  const deployment = new aws.apigateway.Deployment("edge", { restApi: api.id });
  const live = new aws.apigateway.Stage("edge", { restApi: api.id, deployment: deployment.id, stageName: "live" });
  const denied = new aws.wafv2.IpSet("denied", {
    scope: "REGIONAL",
    ipAddressVersion: "IPV4",
    addresses: ["127.0.9.0/24"],
  });
  const acl = new aws.wafv2.WebAcl("edge", {
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    visibilityConfig: visibility("edge"),
    associationConfig: { requestBodies: [{ apiGateway: { defaultSizeInspectionLimit: "KB_32" } }] },
    customResponseBodies: [{ key: "slow", content: '{"title":"Too many requests"}', contentType: "APPLICATION_JSON" }],
    rules: [
      {
        name: "denied",
        priority: 0,
        ...block,
        visibilityConfig: visibility("denied"),
        statement: { ipSetReferenceStatement: { arn: denied.arn } },
      },
      {
        name: "body",
        priority: 1,
        ...block,
        visibilityConfig: visibility("body"),
        statement: {
          sizeConstraintStatement: {
            comparisonOperator: "GT",
            size: 32768,
            fieldToMatch: { body: { oversizeHandling: "MATCH" } },
            textTransformations: [{ priority: 0, type: "NONE" }],
          },
        },
      },
      {
        name: "sqli",
        priority: 2,
        ...block,
        visibilityConfig: visibility("sqli"),
        statement: { sqliMatchStatement: { fieldToMatch: { allQueryArguments: {} }, ...transformed } },
      },
      {
        name: "xss",
        priority: 3,
        ...block,
        visibilityConfig: visibility("xss"),
        statement: { xssMatchStatement: { fieldToMatch: { body: { oversizeHandling: "CONTINUE" } }, ...transformed } },
      },
      {
        name: "rate",
        priority: 4,
        action: {
          block: {
            customResponse: {
              responseCode: 429,
              customResponseBodyKey: "slow",
              responseHeaders: [{ name: "retry-after", value: "60" }],
            },
          },
        },
        visibilityConfig: visibility("rate"),
        statement: { rateBasedStatement: { limit: 20, evaluationWindowSec: 60, aggregateKeyType: "IP" } },
      },
    ],
  });
  new aws.wafv2.WebAclAssociation("edge", { resourceArn: live.arn, webAclArn: acl.arn });
  new aws.wafv2.WebAclLoggingConfiguration("edge", {
    resourceArn: acl.arn,
    logDestinationConfigs: ["arn:aws:logs:us-east-1:000000000000:log-group:aws-waf-logs-edge"],
    redactedFields: [{ singleHeader: { name: "authorization" } }],
  });
  return { restApiId: api.id, stageName: live.stageName };
}

beforeAll(async () => {
  sandbox = await startSandbox();
  stage = await sandbox.provision({ stage: "edge", program });
}, 120_000);

afterAll(() => sandbox?.close());

interface Sent {
  path?: string;
  method?: string;
  body?: string;
  from?: string;
  headers?: Record<string, string>;
}

/** Sends a request from an address of loopback. */
function send({ path = "/orders", method = "GET", body, from = "127.0.0.1", headers }: Sent) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    const call = httpRequest(
      `${stage.edgeUrl}${path}`,
      { method, localAddress: from, headers, agent: false },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (part) => {
          text += part;
        });
        answer.on("end", () => resolve({ status: answer.statusCode as number, headers: answer.headers, body: text }));
      },
    );
    call.on("error", reject);
    call.end(body);
  });
}

test("what the web ACL does not match reaches the gateway whole", async () => {
  const answer = await send({ method: "POST", body: "x".repeat(32_768), path: "/orders?q=mug", from: "127.0.1.1" });
  expect(answer).toMatchObject({ status: 200, body: '{"served":true}' });
});

test.each([
  ["denied", { from: "127.0.9.7" }],
  ["body", { method: "POST", body: "x".repeat(32_769) }],
  ["sqli", { path: "/orders?q=%27%20OR%20%271%27%3D%271" }],
  ["xss", { method: "POST", body: "<script>alert(1)</script>" }],
] as const)("the rule %s answers with 403", async (rule, sent) => {
  const answer = await send({ from: "127.0.1.2", ...sent });
  expect(answer).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
  expect(answer.headers).toMatchObject({
    "content-type": "application/json",
    "x-amzn-errortype": "ForbiddenException",
    "x-amzn-requestid": expect.any(String),
  });
  expect(stage.exchanges().at(-1)).toMatchObject({
    status: 403,
    layer: "edge",
    rule,
    requestId: answer.headers["x-amzn-requestid"],
  });
  expect(stage.wafLog().at(-1)).toMatchObject({ action: "BLOCK", terminatingRuleId: rule });
});

test("a flood from one address is limited, and others are served", async () => {
  const statuses: number[] = [];
  for (let i = 0; i < 25; i++) statuses.push((await send({ from: "127.0.1.3" })).status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(20);
  const limited = await send({ from: "127.0.1.3" });
  expect(limited).toMatchObject({ status: 429, body: '{"title":"Too many requests"}' });
  expect(limited.headers).toMatchObject({ "retry-after": "60", "content-type": "application/json" });
  expect((await send({ from: "127.0.1.4" })).status).toBe(200);
});

import { request as httpRequest } from "node:http";
import {
  AssociateWebACLCommand,
  CreateRegexPatternSetCommand,
  CreateRuleGroupCommand,
  DisassociateWebACLCommand,
  GetWebACLCommand,
  GetWebACLForResourceCommand,
  type Rule,
  UpdateWebACLCommand,
  type WebACL,
} from "@aws-sdk/client-wafv2";
import * as aws from "@pulumi/aws";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
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

describe("what the front does around the web ACL", () => {
  test("a body beyond the inspection limit passes whole where no rule asks for less", async () => {
    await changeRules((rules) => rules.filter(({ Name }) => Name !== "body"));
    try {
      const answer = await send({ method: "POST", body: "y".repeat(300_000), from: "127.0.1.5" });
      expect(answer.status).toBe(200);
      expect(stage.wafLog().at(-1)).toMatchObject({
        action: "ALLOW",
        requestBodySize: 300_000,
        requestBodySizeInspectedByWAF: 32_768,
        oversizeFields: ["REQUEST_BODY", "REQUEST_JSON_BODY"],
      });
    } finally {
      await restoreRules();
    }
  });

  test("a change counts once the web ACL is read anew", async () => {
    const attack = { path: "/orders?q=%27%20OR%20%271%27%3D%271", from: "127.0.1.6" };
    expect((await send(attack)).status).toBe(403);
    await changeRules((rules) =>
      rules.map((rule) => (rule.Name === "sqli" ? { ...rule, Action: { Count: {} } } : rule)),
    );
    try {
      expect((await send(attack)).status).toBe(200);
      expect(stage.wafLog().at(-1)).toMatchObject({
        action: "ALLOW",
        nonTerminatingMatchingRules: [{ ruleId: "sqli" }],
      });
    } finally {
      await restoreRules();
    }
    expect((await send(attack)).status).toBe(403);
  });

  test("a web ACL that the edge cannot evaluate lets nothing pass, and no rule is named for it", async () => {
    const rotten = { Priority: 0, Type: "ROT13" as never };
    const broken = changeRules((rules) =>
      rules.map((rule) =>
        rule.Statement?.SqliMatchStatement
          ? {
              ...rule,
              Statement: {
                SqliMatchStatement: { ...rule.Statement.SqliMatchStatement, TextTransformations: [rotten] },
              },
            }
          : rule,
      ),
    );
    await expect(broken).rejects.toThrow(
      'rule "sqli", SqliMatchStatement: text transformation "ROT13" is not evaluated',
    );
    try {
      const answer = await send({ from: "127.0.1.7" });
      expect(answer).toMatchObject({ status: 500, body: '{"message":"Internal server error"}' });
      const exchange = stage.exchanges().at(-1);
      expect(exchange).toMatchObject({ status: 500, edgeFailure: expect.stringContaining("ROT13") });
      expect(exchange?.layer).toBeUndefined();
      expect(exchange?.rule).toBeUndefined();
    } finally {
      await restoreRules();
    }
    expect((await send({ from: "127.0.1.7" })).status).toBe(200);
  });

  test("a detector that fails on a request denies it", async () => {
    const detect = vi.spyOn(Buffer.prototype, "write").mockImplementation(() => {
      throw new Error("detector broken");
    });
    try {
      const answer = await send({ path: "/orders?q=seldom", from: "127.0.1.8" });
      expect(answer.status).toBe(500);
    } finally {
      detect.mockRestore();
    }
    expect(stage.exchanges().at(-1)).toMatchObject({ status: 500, edgeFailure: "detector broken" });
    expect((await send({ path: "/orders?q=seldom", from: "127.0.1.8" })).status).toBe(200);
  });

  test("without an association everything passes, and nothing is logged", async () => {
    const before = stage.wafLog().length;
    const ResourceArn = stageArn();
    await sandbox.clients.wafv2.send(new DisassociateWebACLCommand({ ResourceArn }));
    await stage.reloadWebAcl();
    try {
      expect((await send({ from: "127.0.9.7" })).status).toBe(200);
      expect(stage.wafLog()).toHaveLength(before);
      expect(stage.declaredRuleGroups()).toEqual([]);
    } finally {
      await sandbox.clients.wafv2.send(new AssociateWebACLCommand({ ResourceArn, WebACLArn: aclArn }));
      await stage.reloadWebAcl();
    }
    expect((await send({ from: "127.0.9.7" })).status).toBe(403);
  });

  test("the authorization header is not in the log", async () => {
    await send({ from: "127.0.1.9", headers: { Authorization: "Bearer very-secret", "X-Plain": "shown" } });
    const text = JSON.stringify(stage.wafLog());
    expect(text).not.toContain("very-secret");
    expect(text).toContain("shown");
  });

  test("a stage without an API has no edge", async () => {
    const bare = await sandbox.provision({ stage: "bare", program: () => ({}) });
    await bare.reloadWebAcl();
    expect([bare.wafLog(), bare.declaredRuleGroups(), bare.exchanges()]).toEqual([[], [], []]);
  });
});

test("sets and groups that rules refer to are read from the emulator", async () => {
  const { wafv2 } = sandbox.clients;
  const common = { Scope: "REGIONAL" as const, VisibilityConfig: original?.VisibilityConfig };
  const patterns = await wafv2.send(
    new CreateRegexPatternSetCommand({
      ...common,
      Name: "paths",
      RegularExpressionList: [{ RegexString: "^/internal" }],
    }),
  );
  const TextTransformations = [{ Priority: 0, Type: "LOWERCASE" as const }];
  const inner: Rule = {
    Name: "internal",
    Priority: 0,
    Action: { Block: {} },
    VisibilityConfig: original?.VisibilityConfig,
    Statement: {
      RegexPatternSetReferenceStatement: {
        ARN: patterns.Summary?.ARN,
        FieldToMatch: { UriPath: {} },
        TextTransformations,
      },
    },
  };
  const group = await wafv2.send(new CreateRuleGroupCommand({ ...common, Name: "own", Capacity: 25, Rules: [inner] }));
  const managed = { VendorName: "AWS", Name: "AWSManagedRulesCommonRuleSet" };
  const own = (Name: string, Priority: number, Statement: Rule["Statement"]): Rule => ({
    Name,
    Priority,
    Statement,
    OverrideAction: { None: {} },
    VisibilityConfig: original?.VisibilityConfig,
  });
  await changeRules((rules) => [
    ...rules,
    own("own", 90, { RuleGroupReferenceStatement: { ARN: group.Summary?.ARN } }),
    own("managed", 91, { ManagedRuleGroupStatement: managed }),
  ]);
  try {
    expect((await send({ path: "/INTERNAL/x", from: "127.0.1.10" })).status).toBe(403);
    expect(stage.exchanges().at(-1)).toMatchObject({ layer: "edge", rule: "own" });
    expect((await send({ path: "/orders", from: "127.0.1.10" })).status).toBe(200);
    expect(stage.declaredRuleGroups()).toEqual(["AWS:AWSManagedRulesCommonRuleSet"]);
  } finally {
    await restoreRules();
  }
});

function stageArn(): string {
  const { restApiId, stageName } = stage.outputs as { restApiId: string; stageName: string };
  return `arn:aws:apigateway:us-east-1::/restapis/${restApiId}/stages/${stageName}`;
}

let original: WebACL | undefined;
let aclArn = "";

beforeAll(async () => {
  original = (await sandbox.clients.wafv2.send(new GetWebACLForResourceCommand({ ResourceArn: stageArn() }))).WebACL;
  aclArn = original?.ARN as string;
});

/** Changes the rules on the emulator, as somebody with the administrator's rights would. */
async function changeRules(change: (rules: Rule[]) => Rule[]): Promise<void> {
  const { wafv2 } = sandbox.clients;
  const key = { Name: original?.Name, Id: original?.Id, Scope: "REGIONAL" as const };
  const { LockToken } = await wafv2.send(new GetWebACLCommand(key));
  const { DefaultAction, VisibilityConfig, Rules = [] } = original as WebACL;
  await wafv2.send(
    new UpdateWebACLCommand({ ...key, LockToken, DefaultAction, VisibilityConfig, Rules: change(Rules) }),
  );
  await stage.reloadWebAcl();
}

function restoreRules(): Promise<void> {
  return changeRules((rules) => rules);
}

import {
  GetIPSetCommand,
  GetRegexPatternSetCommand,
  GetRuleGroupCommand,
  GetWebACLCommand,
  GetWebACLForResourceCommand,
} from "@aws-sdk/client-wafv2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readBeside } from "../../src/edge/beside.ts";
import { readDeployed } from "../../src/edge/deployed.ts";
import { type Emulated, type Made, outcome, startEmulated } from "../helpers/emulated.ts";

let emulated: Emulated;
const visibilityConfig = { cloudwatchMetricsEnabled: true, metricName: "m", sampledRequestsEnabled: false };
const transformations = [{ priority: 0, type: "NONE" }];

beforeAll(async () => {
  emulated = await startEmulated();
}, 60_000);
afterAll(() => emulated?.sandbox.close());

const wafv2 = () => emulated.sandbox.clients.wafv2;

function key(made: Made) {
  return { Name: made.outputs.name as string, Scope: "REGIONAL" as const, Id: made.id };
}

function webAcl(more: object = {}, name?: string) {
  const inputs = { scope: "REGIONAL", defaultAction: { allow: {} }, visibilityConfig, ...more };
  return emulated.create("aws:wafv2/webAcl:WebAcl", inputs, name);
}

describe("WebAcl", () => {
  test("is created, changed and deleted", async () => {
    const acl = await webAcl({
      associationConfig: { requestBodies: [{ apiGateway: { defaultSizeInspectionLimit: "KB_64" } }] },
      customResponseBodies: [{ key: "k", content: "{}", contentType: "APPLICATION_JSON" }],
    });
    expect(acl.outputs).toEqual({
      name: expect.stringMatching(/^thing-[0-9a-f]{7}$/),
      arn: expect.stringMatching(/^arn:aws:wafv2:us-east-1:\d{12}:regional\/webacl\/thing-[0-9a-f]{7}\/[0-9a-f-]{36}$/),
      capacity: 0,
    });
    const beside = () => readBeside(emulated.sandbox.directory, acl.outputs.arn as string);
    expect(await beside()).toEqual({
      associationConfig: { RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: "KB_64" } } },
      customResponseBodies: { k: { Content: "{}", ContentType: "APPLICATION_JSON" } },
    });
    const update = { scope: "REGIONAL", defaultAction: { block: {} }, visibilityConfig };
    expect((await acl.update(update)).outputs).toEqual(acl.outputs);
    const { WebACL } = await wafv2().send(new GetWebACLCommand(key(acl)));
    expect(WebACL).toMatchObject({
      DefaultAction: { Block: {} },
      VisibilityConfig: { CloudWatchMetricsEnabled: true },
    });
    expect(await beside()).toEqual({});
    await acl.delete();
    expect(await outcome(wafv2().send(new GetWebACLCommand(key(acl))))).toBe("WAFNonexistentItemException");
    await acl.delete();
  });

  test("rules of the provider become the API's", async () => {
    const set = await emulated.create("aws:wafv2/ipSet:IpSet", {
      scope: "REGIONAL",
      ipAddressVersion: "IPV4",
      addresses: [],
    });
    const body = { fieldToMatch: { body: { oversizeHandling: "MATCH" } }, textTransformations: transformations };
    const headers = [{ matchPattern: { includedHeaders: ["x"] }, matchScope: "ALL", oversizeHandling: "MATCH" }];
    const cookies = { matchPatterns: [{ all: {} }], matchScope: "ALL", oversizeHandling: "MATCH" };
    const statements = [
      { byteMatchStatement: { ...body, searchString: "é", positionalConstraint: "CONTAINS" } },
      { xssMatchStatement: { fieldToMatch: { headers }, textTransformations: transformations } },
      { xssMatchStatement: { fieldToMatch: { cookies }, textTransformations: transformations } },
      {
        xssMatchStatement: {
          fieldToMatch: { headerOrders: [{ oversizeHandling: "MATCH" }] },
          textTransformations: transformations,
        },
      },
      {
        ipSetReferenceStatement: {
          arn: set.outputs.arn,
          ipSetForwardedIpConfig: { headerName: "X-Forwarded-For", position: "ANY", fallbackBehavior: "MATCH" },
        },
      },
      {
        rateBasedStatement: {
          limit: 10,
          aggregateKeyType: "CUSTOM_KEYS",
          customKeys: [{ httpMethod: {} }, { ip: {} }, { forwardedIp: {} }],
          forwardedIpConfig: { headerName: "X-Forwarded-For", fallbackBehavior: "MATCH" },
        },
      },
      {
        managedRuleGroupStatement: {
          vendorName: "AWS",
          name: "AWSManagedRulesACFPRuleSet",
          managedRuleGroupConfigs: [
            {
              awsManagedRulesAcfpRuleSet: {
                creationPath: "/users",
                requestInspection: { addressFields: { identifiers: ["/street", "/city"] } },
              },
            },
          ],
        },
      },
    ];
    const rules = statements.map((statement, priority) => ({
      name: `r${priority}`,
      priority,
      statement,
      action: {
        block: { customResponse: { responseCode: 429, responseHeaders: [{ name: "retry-after", value: "1" }] } },
      },
      ruleLabels: [{ name: "l" }],
      visibilityConfig,
    }));
    const acl = await webAcl({ rules });
    const { WebACL } = await wafv2().send(new GetWebACLCommand(key(acl)));
    expect(WebACL?.Rules?.[0]).toEqual({
      Name: "r0",
      Priority: 0,
      Statement: {
        ByteMatchStatement: {
          FieldToMatch: { Body: { OversizeHandling: "MATCH" } },
          TextTransformations: [{ Priority: 0, Type: "NONE" }],
          SearchString: new Uint8Array([0xc3, 0xa9]),
          PositionalConstraint: "CONTAINS",
        },
      },
      Action: {
        Block: { CustomResponse: { ResponseCode: 429, ResponseHeaders: [{ Name: "retry-after", Value: "1" }] } },
      },
      RuleLabels: [{ Name: "l" }],
      VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: "m", SampledRequestsEnabled: false },
    });
    const TextTransformations = [{ Priority: 0, Type: "NONE" }];
    expect(WebACL?.Rules?.slice(1).map(({ Statement }) => Statement)).toEqual([
      {
        XssMatchStatement: {
          FieldToMatch: {
            Headers: { MatchPattern: { IncludedHeaders: ["x"] }, MatchScope: "ALL", OversizeHandling: "MATCH" },
          },
          TextTransformations,
        },
      },
      {
        XssMatchStatement: {
          FieldToMatch: { Cookies: { MatchPattern: { All: {} }, MatchScope: "ALL", OversizeHandling: "MATCH" } },
          TextTransformations,
        },
      },
      { XssMatchStatement: { FieldToMatch: { HeaderOrder: { OversizeHandling: "MATCH" } }, TextTransformations } },
      {
        IPSetReferenceStatement: {
          ARN: set.outputs.arn,
          IPSetForwardedIPConfig: { HeaderName: "X-Forwarded-For", Position: "ANY", FallbackBehavior: "MATCH" },
        },
      },
      {
        RateBasedStatement: {
          Limit: 10,
          AggregateKeyType: "CUSTOM_KEYS",
          CustomKeys: [{ HTTPMethod: {} }, { IP: {} }, { ForwardedIP: {} }],
          ForwardedIPConfig: { HeaderName: "X-Forwarded-For", FallbackBehavior: "MATCH" },
        },
      },
      {
        ManagedRuleGroupStatement: {
          VendorName: "AWS",
          Name: "AWSManagedRulesACFPRuleSet",
          ManagedRuleGroupConfigs: [
            {
              AWSManagedRulesACFPRuleSet: {
                CreationPath: "/users",
                RequestInspection: { AddressFields: [{ Identifier: "/street" }, { Identifier: "/city" }] },
              },
            },
          ],
        },
      },
    ]);
  });

  test("ruleJson stands for all rules, in the API's form", async () => {
    const rule = {
      Name: "json",
      Priority: 0,
      Action: { Block: {} },
      Statement: {
        ByteMatchStatement: {
          SearchString: Buffer.from("x").toString("base64"),
          FieldToMatch: { UriPath: {} },
          PositionalConstraint: "CONTAINS",
          TextTransformations: [{ Priority: 0, Type: "NONE" }],
        },
      },
    };
    const acl = await webAcl({ ruleJson: JSON.stringify([rule]) });
    const { WebACL } = await wafv2().send(new GetWebACLCommand(key(acl)));
    expect(WebACL?.Rules?.[0]?.Statement?.ByteMatchStatement?.SearchString).toEqual(new Uint8Array(Buffer.from("x")));
  });
});

test("IpSet is created, changed and deleted", async () => {
  const inputs = { name: "addresses", scope: "REGIONAL", ipAddressVersion: "IPV4", addresses: ["192.0.2.0/24"] };
  const set = await emulated.create("aws:wafv2/ipSet:IpSet", inputs);
  const addresses = async () => (await wafv2().send(new GetIPSetCommand(key(set)))).IPSet?.Addresses;
  expect(await addresses()).toEqual(["192.0.2.0/24"]);
  expect(await set.update({ ...inputs, addresses: ["198.51.100.1/32"] })).toEqual({ id: set.id, outputs: set.outputs });
  expect(await addresses()).toEqual(["198.51.100.1/32"]);
  await set.update({ ...inputs, addresses: undefined });
  expect(await addresses()).toEqual([]);
  await set.delete();
  expect(await outcome(addresses())).toBe("WAFNonexistentItemException");
  await set.delete();
});

test("RegexPatternSet is created, changed and deleted", async () => {
  const inputs = { scope: "REGIONAL", regularExpressions: [{ regexString: "^/admin" }] };
  const set = await emulated.create("aws:wafv2/regexPatternSet:RegexPatternSet", inputs);
  const patterns = async () =>
    (await wafv2().send(new GetRegexPatternSetCommand(key(set)))).RegexPatternSet?.RegularExpressionList;
  expect(await patterns()).toEqual([{ RegexString: "^/admin" }]);
  expect(await set.update({ ...inputs, regularExpressions: undefined })).toEqual({ id: set.id, outputs: set.outputs });
  expect(await patterns()).toEqual([]);
  await set.delete();
  expect(await outcome(patterns())).toBe("WAFNonexistentItemException");
  await set.delete();
  const empty = await emulated.create("aws:wafv2/regexPatternSet:RegexPatternSet", { scope: "REGIONAL" });
  await empty.delete();
});

test("RuleGroup is created, changed and deleted", async () => {
  const inputs = { scope: "REGIONAL", capacity: 10, visibilityConfig, rules: [] };
  const group = await emulated.create("aws:wafv2/ruleGroup:RuleGroup", inputs);
  const rules = async () =>
    (await wafv2().send(new GetRuleGroupCommand(key(group)))).RuleGroup?.Rules?.map(({ Name }) => Name);
  expect(await rules()).toEqual([]);
  const rule = {
    name: "r",
    priority: 0,
    action: { block: {} },
    visibilityConfig,
    statement: { geoMatchStatement: { countryCodes: ["KP"] } },
  };
  expect(await group.update({ ...inputs, rules: [rule] })).toEqual({ id: group.id, outputs: group.outputs });
  expect(await rules()).toEqual(["r"]);
  await group.delete();
  expect(await outcome(rules())).toBe("WAFNonexistentItemException");
  await group.delete();
});

describe("WebAclAssociation", () => {
  const association = (resourceArn: string, webAclArn: unknown) =>
    emulated.create("aws:wafv2/webAclAssociation:WebAclAssociation", { resourceArn, webAclArn });
  const unknownStage = "arn:aws:apigateway:us-east-1::/restapis/none/stages/live";
  const pool = "arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_x";

  test("is made and undone; what it does in front of a stage is tested in test/edge", async () => {
    const acl = await webAcl();
    const made = await association(pool, acl.outputs.arn);
    expect(made.id).toBe(`${acl.outputs.arn},${pool}`);
    const associated = () => wafv2().send(new GetWebACLForResourceCommand({ ResourceArn: pool }));
    expect((await associated()).WebACL?.ARN).toBe(acl.outputs.arn);
    await made.delete();
    expect(await outcome(associated())).toBe("WAFNonexistentItemException");
    expect(await readDeployed(wafv2(), pool, emulated.sandbox.directory)).toBeUndefined();
  });

  test("a stage that does not exist is refused, as AWS does", async () => {
    const acl = await webAcl();
    expect(await outcome(association(unknownStage, acl.outputs.arn))).toBe("NotFoundException");
  });

  test("a web ACL of CloudFront protects no stage", async () => {
    const global = "arn:aws:wafv2:us-east-1:000000000000:global/webacl/a/b";
    await expect(association(pool, global)).rejects.toThrow(
      `the web ACL ${global} has the scope CLOUDFRONT; ${pool} takes one of scope REGIONAL`,
    );
  });
});

describe("WebAclLoggingConfiguration", () => {
  const type = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
  const kept = async (arn: unknown) =>
    (await readBeside(emulated.sandbox.directory, arn as string)).loggingConfiguration;

  test("is kept beside the web ACL", async () => {
    const acl = await webAcl();
    const inputs = {
      resourceArn: acl.outputs.arn as string,
      logDestinationConfigs: ["arn:aws:logs:us-east-1:000000000000:log-group:aws-waf-logs-a"],
      redactedFields: [{ singleHeader: { name: "authorization" } }, { uriPath: {} }],
      loggingFilter: {
        defaultBehavior: "DROP",
        filters: [
          { behavior: "KEEP", requirement: "MEETS_ANY", conditions: [{ actionCondition: { action: "BLOCK" } }] },
        ],
      },
    };
    const logging = await emulated.create(type, inputs);
    expect(logging.id).toBe(acl.outputs.arn);
    expect(await kept(logging.id)).toEqual({
      ResourceArn: acl.outputs.arn,
      LogDestinationConfigs: inputs.logDestinationConfigs,
      RedactedFields: [{ SingleHeader: { Name: "authorization" } }, { UriPath: {} }],
      LoggingFilter: {
        DefaultBehavior: "DROP",
        Filters: [
          { Behavior: "KEEP", Requirement: "MEETS_ANY", Conditions: [{ ActionCondition: { Action: "BLOCK" } }] },
        ],
      },
    });
    await logging.update({ ...inputs, redactedFields: undefined, loggingFilter: undefined });
    expect(await kept(logging.id)).toEqual({
      ResourceArn: acl.outputs.arn,
      LogDestinationConfigs: inputs.logDestinationConfigs,
    });
    await logging.delete();
    expect(await kept(logging.id)).toBeUndefined();
    await logging.delete();
  });

  test.each([
    "arn:aws:logs:us-east-1:000000000000:log-group:waf",
    "arn:aws:s3:::my-waf-logs",
    "arn:aws:firehose:us-east-1:000000000000:deliverystream/logs",
    "aws-waf-logs-x",
  ])("AWS refuses the destination %s", async (destination) => {
    const acl = await webAcl();
    const made = emulated.create(type, { resourceArn: acl.outputs.arn, logDestinationConfigs: [destination] });
    await expect(made).rejects.toThrow(
      `logDestinationConfigs has ${destination}; AWS WAF logs only to a log group, bucket or delivery stream whose name starts with ` +
        "aws-waf-logs-",
    );
  });

  test.each(["arn:aws:s3:::aws-waf-logs-a", "arn:aws:firehose:us-east-1:000000000000:deliverystream/aws-waf-logs-a"])(
    "and takes %s",
    async (destination) => {
      const acl = await webAcl();
      const logging = await emulated.create(type, {
        resourceArn: acl.outputs.arn,
        logDestinationConfigs: [destination],
      });
      expect((await kept(logging.id))?.LogDestinationConfigs).toEqual([destination]);
    },
  );
});

import { expectNamesPrefixed, expectPartitionSafe, recordStack, rejection, resolved } from "@palisade/testing";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { EdgeFirewall, type EdgeFirewallArgs, FirewallScope, LoggedRequests } from "../../src/index.ts";
import { REASON } from "../fixtures.ts";

const WEB_ACL = "aws:wafv2/webAcl:WebAcl";
const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
const LOGGING = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const IP_SET = "aws:wafv2/ipSet:IpSet";
const PATTERN_SET = "aws:wafv2/regexPatternSet:RegexPatternSet";
const SUBSCRIPTION = "aws:shield/subscription:Subscription";
const PROTECTION = "aws:shield/protection:Protection";
const COMPONENT = "palisade:index:EdgeFirewall";

const STAGE = "arn:aws:apigateway:eu-central-1::/restapis/abc/stages/live";
const TOPIC = "arn:aws:sns:eu-central-1:111122223333:alarms";
const SECRET = "0123456789abcdef0123456789abcdef";
const CLOUDFRONT: EdgeFirewallArgs = { scope: FirewallScope.CloudFront, originSecret: { value: SECRET } };
const TAGS = { "palisade:component": "EdgeFirewall", "palisade:name": "edge" };

const record = (args?: EdgeFirewallArgs) => recordStack(() => new EdgeFirewall("edge", args));

describe("a firewall in front of a stage", () => {
  test("has these resources and no others", async () => {
    expect((await record()).types()).toEqual({
      [LOG_GROUP]: 1,
      [PATTERN_SET]: 1,
      [WEB_ACL]: 1,
      [LOGGING]: 1,
      [COMPONENT]: 1,
    });
    expect((await record({ stageArn: STAGE, alarmTopicArn: TOPIC })).types()).toEqual({
      [LOG_GROUP]: 1,
      [ALARM]: 1,
      [PATTERN_SET]: 1,
      [WEB_ACL]: 1,
      [ASSOCIATION]: 1,
      [LOGGING]: 1,
      [COMPONENT]: 1,
    });
  });

  test("is a web ACL that lets through what no rule matches, and inspects 16 KB of a body", async () => {
    const { rules, ...inputs } = (await record()).one(WEB_ACL, "edge-web-acl").inputs;
    expect(rules).toHaveLength(7);
    expect(inputs).toEqual({
      name: "project-stack-edge",
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      customResponseBodies: [
        {
          key: "forbidden",
          content: '{"type":"about:blank","title":"Forbidden","status":403}',
          contentType: "APPLICATION_JSON",
        },
        {
          key: "too-many-requests",
          content: '{"type":"about:blank","title":"Too Many Requests","status":429}',
          contentType: "APPLICATION_JSON",
        },
      ],
      associationConfig: { requestBodies: [{ apiGateway: { defaultSizeInspectionLimit: "KB_16" } }] },
      dataProtectionConfig: {
        dataProtections: [
          {
            action: "SUBSTITUTION",
            field: { fieldType: "SINGLE_HEADER", fieldKeys: ["authorization", "cookie", "x-api-key"] },
          },
        ],
      },
      visibilityConfig: {
        cloudwatchMetricsEnabled: true,
        metricName: "project-stack-edge",
        sampledRequestsEnabled: true,
      },
      tags: TAGS,
    });
  });

  test("is associated again when the stage is replaced, the old association deleted first", async () => {
    const recording = await record({ stageArn: STAGE });
    const { inputs, options } = recording.one(ASSOCIATION, "edge-association");
    expect(inputs).toEqual({ resourceArn: STAGE, webAclArn: recording.one(WEB_ACL).outputs.arn });
    expect(options.deleteBeforeReplace).toBe(true);
    const other = STAGE.replace("abc", "def");
    expect((await record({ stageArn: pulumi.output(other) })).one(ASSOCIATION).inputs.resourceArn).toBe(other);
  });

  test("logs what a rule matched to a log group that AWS WAF accepts, without credentials", async () => {
    const recording = await record({ logRetentionDays: 30, kmsKeyArn: "arn:key" });
    const group = recording.one(LOG_GROUP, "edge-log-group");
    expect(group.inputs).toEqual({
      name: "aws-waf-logs-project-stack-edge",
      retentionInDays: 30,
      kmsKeyId: "arn:key",
      tags: TAGS,
    });
    expect(recording.one(LOGGING, "edge-logging").inputs).toEqual({
      resourceArn: recording.one(WEB_ACL).outputs.arn,
      logDestinationConfigs: [group.outputs.arn],
      redactedFields: [
        { singleHeader: { name: "authorization" } },
        { singleHeader: { name: "cookie" } },
        { singleHeader: { name: "x-api-key" } },
      ],
      loggingFilter: {
        defaultBehavior: "DROP",
        filters: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            conditions: ["BLOCK", "COUNT", "CHALLENGE", "CAPTCHA", "EXCLUDED_AS_COUNT"].map((action) => ({
              actionCondition: { action },
            })),
          },
        ],
      },
    });
    expect((await record()).one(LOG_GROUP).inputs.retentionInDays).toBe(90);
  });

  test("logs everything where asked, and redacts the query string in logs and samples", async () => {
    const recording = await record({ loggedRequests: LoggedRequests.All, redactQueryString: true });
    const { loggingFilter, redactedFields } = recording.one(LOGGING).inputs;
    expect(loggingFilter).toBeUndefined();
    expect(redactedFields).toContainEqual({ queryString: {} });
    expect(recording.one(WEB_ACL).inputs.dataProtectionConfig).toMatchObject({
      dataProtections: [{}, { action: "SUBSTITUTION", field: { fieldType: "QUERY_STRING" } }],
    });
  });

  test("logs to a log group that exists", async () => {
    const existingLogGroup = { logGroupArn: "arn:log", logGroupName: "aws-waf-logs-ours" };
    const recording = await record({ existingLogGroup });
    expect(recording.count(LOG_GROUP)).toBe(0);
    expect(recording.one(LOGGING).inputs.logDestinationConfigs).toEqual(["arn:log"]);
    expect(await resolved(recording.result.logGroupName)).toBe("aws-waf-logs-ours");
  });

  test("raises an alarm on blocked requests of all rules", async () => {
    expect((await record({ alarmTopicArn: TOPIC })).one(ALARM, "edge-blocked-alarm").inputs).toEqual({
      alarmDescription: "The firewall edge blocked 1000 requests or more within five minutes.",
      namespace: "AWS/WAFV2",
      metricName: "BlockedRequests",
      dimensions: { WebACL: "project-stack-edge", Rule: "ALL", Region: "eu-central-1" },
      statistic: "Sum",
      period: 300,
      evaluationPeriods: 1,
      threshold: 1000,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching",
      alarmActions: [TOPIC],
      okActions: [TOPIC],
      tags: TAGS,
    });
  });

  test("makes sets of addresses and expressions, and names them in its rules", async () => {
    const recording = await record({
      addressRules: { list: { ipv4Addresses: ["192.0.2.1"], ipv6Addresses: [pulumi.output("2001:db8::1")] } },
      filterRules: { scan: { component: "URI_PATH" as never, regularExpressions: ["\\.php$"] } },
    });
    const v4 = recording.one(IP_SET, "edge-address-list-ipv4");
    expect(v4.inputs).toEqual({ scope: "REGIONAL", ipAddressVersion: "IPV4", addresses: ["192.0.2.1/32"], tags: TAGS });
    const v6 = recording.one(IP_SET, "edge-address-list-ipv6");
    expect(v6.inputs).toMatchObject({ ipAddressVersion: "IPV6", addresses: ["2001:db8::1/128"] });
    const patterns = recording.one(PATTERN_SET, "edge-filter-scan");
    expect(patterns.inputs).toEqual({
      scope: "REGIONAL",
      regularExpressions: [{ regexString: "\\.php$" }],
      tags: TAGS,
    });
    const rules = JSON.stringify(recording.one(WEB_ACL).inputs.rules);
    for (const set of [v4, v6, patterns]) expect(rules).toContain(JSON.stringify(set.outputs.arn));
    expectNamesPrefixed(recording, recording.one(COMPONENT));
  });

  test("refuses an address that is known later and is none", async () => {
    const error = await rejection(() =>
      record({ addressRules: { list: { ipv4Addresses: [pulumi.output("everyone")] } } }),
    );
    expect(error.message).toContain(
      'addressRules.list.ipv4Addresses[0] is "everyone"; allowed: an IPv4 address or range',
    );
  });

  test("has these outputs", async () => {
    const recording = await record();
    const firewall = recording.result;
    const webAcl = recording.one(WEB_ACL);
    expect(await resolved(firewall.webAclArn)).toBe(webAcl.outputs.arn);
    expect(await resolved(firewall.webAclId)).toBe(webAcl.id);
    expect(await resolved(firewall.webAclName)).toBe("project-stack-edge");
    expect(await resolved(firewall.capacity)).toBe(1343);
    expect(await resolved(firewall.logGroupName)).toBe("aws-waf-logs-project-stack-edge");
    expect(await resolved(firewall.logGroupArn)).toBe(recording.one(LOG_GROUP).outputs.arn);
    expect(firewall.originSecret).toBeUndefined();
    expect(recording.one(COMPONENT).outputs).toMatchObject({ webAclArn: webAcl.outputs.arn, capacity: 1343 });
    expectNamesPrefixed(recording, recording.one(COMPONENT));
  });

  test("carries what was lowered as tags of the web ACL, and a team's tags everywhere", async () => {
    const recording = await record({
      teamTags: { team: "shop" },
      omittedRules: { "sql-injection": REASON },
      countMode: { rules: ["cross-site-scripting"], reason: REASON },
    });
    expect(recording.one(WEB_ACL).inputs.tags).toEqual({
      ...TAGS,
      team: "shop",
      "palisade:lowered:firewall-omitted-sql-injection": REASON,
      "palisade:lowered:firewall-count-cross-site-scripting": REASON,
    });
    expect(recording.one(LOG_GROUP).inputs.tags).toEqual({ ...TAGS, team: "shop" });
  });

  test("keeps the origin secret a secret, and redacts its header", async () => {
    const recording = await record({ originSecret: { value: SECRET } });
    expect(recording.one(WEB_ACL).secretInputs).toContain("rules");
    expect(JSON.stringify(recording.one(WEB_ACL).inputs.rules)).toContain(SECRET);
    expect(recording.one(LOGGING).inputs.redactedFields).toContainEqual({ singleHeader: { name: "x-origin-verify" } });
  });

  test("writes no partition or region down", async () => {
    expectPartitionSafe(
      await recordStack(() => new EdgeFirewall("edge", { alarmTopicArn: pulumi.output("x").apply(() => "topic") }), {
        place: { partition: "aws-cn", region: "cn-north-1" },
      }),
    );
  });

  test("makes nothing when an argument is not allowed", async () => {
    const error = await rejection(() => record({ maximumCapacity: 100 }));
    expect(error.message).toBe(
      'EdgeFirewall "edge": maximumCapacity is 100, which the rule "sql-injection" exceeds with its 340 capacity units (all rules: ' +
        "1343); allowed: rules of at most 100 capacity units together; to fix it, remove a rule or transformations, or set " +
        "maximumCapacity to 1343, for which AWS asks more above 1500",
    );
  });
});

describe("a firewall at CloudFront", () => {
  test("is in us-east-1 with all that belongs to it, whatever the provider's region", async () => {
    const recording = await record({
      ...CLOUDFRONT,
      alarmTopicArn: TOPIC,
      bodyInspectionKilobytes: 64,
      addressRules: { list: { ipv4Addresses: ["192.0.2.1"] } },
      filterRules: { scan: { component: "URI_PATH" as never, regularExpressions: ["x"] } },
    });
    expect(recording.one(PATTERN_SET, "edge-filter-scan").inputs.region).toBe("us-east-1");
    for (const type of [WEB_ACL, LOGGING, LOG_GROUP, ALARM, IP_SET]) {
      expect(recording.one(type).inputs.region).toBe("us-east-1");
    }
    expect(recording.count(ASSOCIATION)).toBe(0);
    expect(recording.one(WEB_ACL).inputs).toMatchObject({
      scope: "CLOUDFRONT",
      associationConfig: { requestBodies: [{ cloudfront: { defaultSizeInspectionLimit: "KB_64" } }] },
    });
    expect(recording.one(IP_SET).inputs.scope).toBe("CLOUDFRONT");
    // https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html: CloudFront has no dimension Region.
    expect(recording.one(ALARM).inputs.dimensions).toEqual({ WebACL: "project-stack-edge", Rule: "ALL" });
  });

  test("hands the origin secret out, as a secret, and asks nobody for it", async () => {
    const recording = await record(CLOUDFRONT);
    const { originSecret, originSecretHeader } = recording.result;
    expect(await resolved(pulumi.output(originSecretHeader))).toBe("x-origin-verify");
    expect(await pulumi.isSecret(pulumi.output(originSecret))).toBe(true);
    expect(await resolved(pulumi.unsecret(pulumi.output(originSecret)))).toBe(SECRET);
    expect(JSON.stringify(recording.one(WEB_ACL).inputs)).not.toContain(SECRET);
  });

  test("has Shield Advanced where its price is confirmed; the subscription is left alone on destroy", async () => {
    const shieldAdvanced = {
      distributionArn: "arn:aws:cloudfront::111122223333:distribution/E1EXAMPLE",
      confirmPriceOf3000DollarsAMonthForAYear: true,
    };
    const recording = await record({ ...CLOUDFRONT, shieldAdvanced });
    const subscription = recording.one(SUBSCRIPTION, "edge-shield-subscription");
    expect(subscription.inputs).toEqual({ skipDestroy: true });
    const protection = recording.one(PROTECTION, "edge-shield-protection");
    expect(protection.inputs).toEqual({ resourceArn: shieldAdvanced.distributionArn, tags: TAGS });
    expect(protection.options.dependsOn).toContain(subscription.urn);
    const subscribed = await record({
      ...CLOUDFRONT,
      shieldAdvanced: { ...shieldAdvanced, existingSubscription: true },
    });
    expect([subscribed.count(SUBSCRIPTION), subscribed.count(PROTECTION)]).toEqual([0, 1]);
  });
});

test("a transform reaches a child", async () => {
  const recording = await recordStack(
    () =>
      new EdgeFirewall(
        "edge",
        {},
        {
          transforms: [
            ({ type, props, opts }) =>
              type === WEB_ACL ? { props: { ...props, description: "ours" }, opts } : undefined,
          ],
        },
      ),
  );
  expect(recording.one(WEB_ACL).inputs.description).toBe("ours");
});

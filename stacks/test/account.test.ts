import { recordStack, resolved } from "@palisade/testing";
import { describe, expect, test } from "vitest";
import program from "../index.ts";

const record = (config: Record<string, string> = {}) =>
  recordStack(() => program(), { stack: "account", config, place: { partition: "aws-cn" } });

const LOG_ROLE = "gateway-logs";

describe("the account's stage", () => {
  test("holds API Gateway's log role, and never takes the setting away", async () => {
    const recording = await record();
    const role = recording.one("aws:iam/role:Role", LOG_ROLE);
    const attachment = recording.one("aws:iam/rolePolicyAttachment:RolePolicyAttachment");
    const setting = recording.one("aws:apigateway/account:Account");
    expect(setting.options.retainOnDelete).toBe(true);
    expect(setting.options.dependsOn).toContain(attachment.urn);
    expect(setting.inputs).toEqual({ cloudwatchRoleArn: role.outputs.arn });
    expect(attachment.inputs).toEqual({
      role: role.outputs.name,
      policyArn: "arn:aws-cn:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
    });
    expect(JSON.parse(String(role.inputs.assumeRolePolicy)).Statement).toEqual([
      { Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
  });

  test("is made of these components, and says where findings go and the trail is", async () => {
    const recording = await record();
    const components = recording.resources.filter(({ type }) => type.startsWith("palisade:"));
    expect(components.map(({ name }) => name).sort()).toEqual([
      "audit",
      "detection",
      "finding-notifier",
      "findings",
      "security",
    ]);
    expect(await resolved(recording.result)).toEqual({
      stage: "account",
      gatewayLogRoleArn: recording.one("aws:iam/role:Role", LOG_ROLE).outputs.arn,
      findingTopicArn: recording.one("aws:sns/topic:Topic", "findings-topic").outputs.arn,
      trailBucketName: recording.one("aws:s3/bucket:Bucket", "audit-logs").id,
      trailKeyArn: recording.one("aws:kms/key:Key", "audit-key").outputs.arn,
      findingLogGroupName: expect.stringMatching(/^\/aws\/events\//),
    });
  });

  test("tells EventBridge of each file of the trail, for the stages' analytics", async () => {
    const recording = await record();
    expect(recording.one("aws:s3/bucketNotification:BucketNotification").inputs).toEqual({
      bucket: recording.one("aws:s3/bucket:Bucket", "audit-logs").id,
      eventbridge: true,
    });
  });

  test("keeps what the account cannot do without when the stack is destroyed", async () => {
    const recording = await record();
    const kept = recording.resources.filter(({ options }) => options.retainOnDelete).map(({ name }) => name);
    expect(kept).toEqual(
      expect.arrayContaining(["gateway-logs", "detection-detector", "audit-logs", "audit-logs-policy", "audit-key"]),
    );
  });

  test("tells the notifier the channel and the alarms the topic, and lets the notifier do nothing else", async () => {
    const recording = await record();
    const topic = recording.one("aws:sns/topic:Topic", "findings-topic").outputs.arn;
    const { environment } = recording.one("aws:lambda/function:Function").inputs as {
      environment: { variables: Record<string, string> };
    };
    expect(environment.variables).toEqual({
      TOPIC_ARN: topic,
      NOTIFICATION_TABLE: recording.one("aws:dynamodb/table:Table").outputs.name,
    });
    const alarms = recording.resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");
    expect(alarms).toHaveLength(19);
    for (const { inputs } of alarms) expect(inputs.alarmActions).toEqual([topic]);
    const policy = recording.one("aws:iam/rolePolicy:RolePolicy", "finding-notifier-statements");
    const { Statement } = JSON.parse(String(policy.inputs.policy)) as { Statement: { Sid: string }[] };
    expect(Statement.map(({ Sid }) => Sid)).toEqual(["TakeFindings", "RememberFindings", "TellPeople", "ChannelKey"]);
  });

  test("has of what else watches the account what is free, and what is switched on", async () => {
    const recording = await record();
    expect(recording.one("aws:accessanalyzer/analyzer:Analyzer").inputs.type).toBe("ACCOUNT");
    const on = await record({
      "palisade:security": '{"securityHub":{},"configRecorder":{},"inspector":{},"macie":{"bucketNames":[]}}',
      "palisade:regions": '["eu-west-1"]',
      "palisade:delegatedAdministrator": "444455556666",
    });
    expect(on.types()).toMatchObject({
      "aws:accessanalyzer/analyzer:Analyzer": 2,
      "aws:guardduty/detector:Detector": 2,
      "aws:securityhub/account:Account": 2,
      "aws:cfg/recorder:Recorder": 2,
      "aws:inspector2/enabler:Enabler": 2,
      "aws:macie2/account:Account": 2,
      "aws:guardduty/organizationAdminAccount:OrganizationAdminAccount": 2,
    });
    const says =
      'The config key "palisade:security" has the switch "securityhub"; allowed: accessAnalyzer, securityHub, configRecorder, ' +
      "inspector, macie. To fix it, correct its name, or remove it.";
    await expect(record({ "palisade:security": '{"securityhub":{}}' })).rejects.toThrow(says);
  });

  test("answers findings only where the configuration says how, and then in a dry run", async () => {
    const functionArns = ["arn:aws-cn:lambda:cn-north-1:111122223333:function:orders"];
    const recording = await record({ "palisade:responses": JSON.stringify({ quarantine: { functionArns } }) });
    const { inputs } = recording.one("aws:lambda/function:Function", "finding-responder-function");
    const { RESPONSE_PLAN } = (inputs.environment as { variables: Record<string, string> }).variables;
    expect(JSON.parse(RESPONSE_PLAN ?? "")).toMatchObject({
      mode: "dry-run",
      quarantine: { targets: functionArns, protected: [expect.any(String)] },
    });
    expect((await record()).resources.filter(({ name }) => name.includes("respon"))).toEqual([]);
  });

  test("adopts a detector, tells people and records an organization by configuration", async () => {
    const recording = await record({
      "palisade:findingEmails": '["security@example.com"]',
      "palisade:detectorId": "12abc34d567e8fa901bc2d34e56789f0",
      "palisade:organizationId": "o-a1b2c3d4e5",
    });
    expect(recording.types()).not.toHaveProperty("aws:guardduty/detector:Detector");
    expect(recording.one("aws:sns/topicSubscription:TopicSubscription").inputs.endpoint).toBe("security@example.com");
    expect(recording.one("aws:cloudtrail/trail:Trail").inputs.isOrganizationTrail).toBe(true);
  });

  test("simulates a threat only where the configuration says why", async () => {
    const REASON = "a drill of the on-call team";
    const recording = await record({ "palisade:simulateThreats": REASON, "palisade:threatSink": "127.0.0.1:9999" });
    const caller = recording.one("aws:lambda/function:Function", "threat-caller-function");
    expect(caller.inputs.environment).toEqual({
      variables: { LISTED_ADDRESS: "198.51.100.66", LISTED_PORT: "443", THREAT_SINK: "127.0.0.1:9999" },
    });
    const set = recording.one("aws:guardduty/threatIntelSet:ThreatIntelSet");
    expect(set.inputs.tags).toMatchObject({ "palisade:lowered:threat-simulation": REASON });
    expect(set.inputs.detectorId).toBe(recording.one("aws:guardduty/detector:Detector").id);
    expect(await resolved(recording.result)).toMatchObject({ threatCallerName: caller.outputs.name });
    const none = await record({ "palisade:threatSink": "127.0.0.1:9999" });
    expect(none.types()).not.toHaveProperty("aws:guardduty/threatIntelSet:ThreatIntelSet");
    expect(none.resources.map(({ name }) => name)).not.toContain("threat-caller");
  });

  test("searches what is logged only where the configuration says in what, the trail always among it", async () => {
    const siem = {
      allowPublicEndpoint: "analysts come by single sign-on",
      logGroups: { firewall: "aws-waf-logs-prod" },
      readerRoleArns: ["arn:aws-cn:iam::111122223333:role/analyst"],
    };
    const recording = await record({ "palisade:siem": JSON.stringify(siem) });
    const names = recording.resources.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["siem", "siem-transform", "siem-setup"]));
    const subscribed = recording.all("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter");
    expect(subscribed.map(({ inputs }) => inputs.logGroup).sort()).toEqual(
      ["aws-waf-logs-prod", recording.one("aws:cloudwatch/logGroup:LogGroup", "audit-log-group").outputs.name].sort(),
    );
    const alarms = recording
      .all("aws:cloudwatch/metricAlarm:MetricAlarm")
      .filter(({ name }) => name.startsWith("siem-"));
    const topic = recording.one("aws:sns/topic:Topic", "findings-topic").outputs.arn;
    expect(alarms.map(({ inputs }) => inputs.alarmActions)).toEqual(Array.from({ length: 6 }, () => [topic]));
    expect(await resolved(recording.result)).toMatchObject({
      siemDashboardsUrl: expect.stringMatching(/\/_dashboards$/),
    });
    const network = { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2", "subnet-3"], securityGroupIds: ["sg-1"] };
    const domain = await record({ "palisade:siem": JSON.stringify({ engine: "DOMAIN", network }) });
    expect(domain.one("aws:opensearch/domain:Domain").inputs.vpcOptions).toMatchObject({
      subnetIds: network.subnetIds,
    });
    expect(domain.one("aws:lambda/function:Function", "siem-setup-function").inputs.vpcConfig).toMatchObject({
      subnetIds: network.subnetIds,
      securityGroupIds: network.securityGroupIds,
    });
    expect((await record()).resources.filter(({ name }) => name.startsWith("siem"))).toEqual([]);
  });
});

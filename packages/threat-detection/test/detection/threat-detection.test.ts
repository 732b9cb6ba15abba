import { expectNamesPrefixed, expectPartitionSafe, recordStack, rejection } from "@palisade/testing";
import { describe, expect, test } from "vitest";
import { DetectorFeature, PublishingFrequency, ThreatDetection, type ThreatDetectionArgs } from "../../src/index.ts";

const DETECTOR = "aws:guardduty/detector:Detector";
const FEATURE = "aws:guardduty/detectorFeature:DetectorFeature";
const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const LOG_POLICY = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";
const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";
const PERMISSION = "aws:lambda/permission:Permission";
const COMPONENT = "palisade:index:ThreatDetection";

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:111122223333:${resource}`;
const channel = {
  queueArn: arn("sqs", "findings"),
  queueName: "findings",
  deadLetterQueueArn: arn("sqs", "dead-letters"),
  deadLetterQueueName: "dead-letters",
  topicArn: arn("sns", "findings"),
};
const notifier = {
  functionName: "notifier",
  functionArn: arn("lambda", "function:notifier:live"),
  invokeArn: "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/x/invocations",
  qualifier: "live",
};
const EXISTING = "12abc34d567e8fa901bc2d34e56789f0";

const record = (args: Partial<ThreatDetectionArgs> = {}) =>
  recordStack(() => new ThreatDetection("detection", { channel, notifier, ...args }));

const featuresOf = async (args: Partial<ThreatDetectionArgs>) =>
  Object.fromEntries(
    (await record(args)).resources
      .filter(({ type }) => type === FEATURE)
      .map(({ inputs }) => [inputs.name, inputs.status]),
  );

describe("detection", () => {
  test("has these resources and no others", async () => {
    const routing = {
      [RULE]: 3,
      [TARGET]: 3,
      [MAPPING]: 1,
      [PERMISSION]: 1,
      [LOG_GROUP]: 1,
      [LOG_POLICY]: 1,
      [ALARM]: 5,
      [COMPONENT]: 1,
    };
    expect((await record()).types()).toEqual({ ...routing, [DETECTOR]: 1, [FEATURE]: 6 });
    expect((await record({ existingDetectorId: EXISTING })).types()).toEqual(routing);
  });

  test("names its children after itself, and no partition", async () => {
    const recording = await record();
    expectNamesPrefixed(recording, recording.one(COMPONENT));
    const there = { place: { partition: "aws-cn" } };
    const ours = { channel: { ...channel, queueArn: "q", deadLetterQueueArn: "d", topicArn: "t" } };
    expectPartitionSafe(
      await recordStack(
        () =>
          new ThreatDetection("detection", { ...ours, notifier: { ...notifier, functionArn: "f", invokeArn: "i" } }),
        there,
      ),
    );
  });

  test("makes a detector that outlives the stack", async () => {
    const recording = await record();
    const kept = recording.resources.filter(({ type }) => type === DETECTOR || type === FEATURE);
    expect(kept.map(({ options }) => [options.protect, options.retainOnDelete])).toEqual(Array(7).fill([true, true]));
    expect(recording.one(DETECTOR, "detection-detector").inputs).toEqual({
      enable: true,
      findingPublishingFrequency: "FIFTEEN_MINUTES",
      tags: { "palisade:component": "ThreatDetection", "palisade:name": "detection" },
    });
  });

  test("watches what a serverless API has, and says of the rest that it does not", async () => {
    const defaults = {
      LAMBDA_NETWORK_LOGS: "ENABLED",
      S3_DATA_EVENTS: "ENABLED",
      RDS_LOGIN_EVENTS: "ENABLED",
      EKS_AUDIT_LOGS: "DISABLED",
      EBS_MALWARE_PROTECTION: "DISABLED",
      RUNTIME_MONITORING: "DISABLED",
    };
    expect(await featuresOf({})).toEqual(defaults);
    expect(
      await featuresOf({
        furtherFeatures: [DetectorFeature.EksAuditLogs],
        declinedFeatures: { RDS_LOGIN_EVENTS: "the account has no database" },
      }),
    ).toEqual({ ...defaults, EKS_AUDIT_LOGS: "ENABLED", RDS_LOGIN_EVENTS: "DISABLED" });
    const declined = await record({ declinedFeatures: { RDS_LOGIN_EVENTS: "the account has no database" } });
    expect(declined.one(DETECTOR, "detection-detector").inputs.tags).toMatchObject({
      "palisade:lowered:guardduty-rds-login-events": "the account has no database",
    });
  });

  test("sends findings of medium severity and more into the queue, for a day if need be", async () => {
    const recording = await record();
    expect(JSON.parse(recording.one(RULE, "detection-rule").inputs.eventPattern as string)).toEqual({
      source: ["aws.guardduty"],
      "detail-type": ["GuardDuty Finding"],
      detail: { severity: [{ numeric: [">=", 4] }] },
    });
    expect(recording.one(TARGET, "detection-target").inputs).toEqual({
      rule: recording.one(RULE, "detection-rule").outputs.name,
      arn: channel.queueArn,
      deadLetterConfig: { arn: channel.deadLetterQueueArn },
      retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
    });
  });

  test("mutes a type for a reason, and nothing else", async () => {
    const recording = await record({
      minimumSeverity: 7,
      mutedTypes: { "PenTest:IAMUser/KaliLinux": "our own testers" },
    });
    const { inputs } = recording.one(RULE, "detection-rule");
    expect(JSON.parse(inputs.eventPattern as string)).toMatchObject({
      detail: { severity: [{ numeric: [">=", 7] }], type: [{ "anything-but": ["PenTest:IAMUser/KaliLinux"] }] },
    });
    expect(inputs.tags).toMatchObject({ "palisade:lowered:muted-PenTest:IAMUser/KaliLinux": "our own testers" });
  });

  test("gives the notifier ten findings at a time, by two at most, and again what it names as failed", async () => {
    expect((await record()).one(MAPPING, "detection-delivery").inputs).toMatchObject({
      eventSourceArn: channel.queueArn,
      functionName: notifier.functionArn,
      batchSize: 10,
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: 2 },
    });
  });

  test("wakes the notifier for its digest every hour, as this rule of this account alone", async () => {
    const recording = await record();
    const rule = recording.one(RULE, "detection-digest");
    expect(rule.inputs.scheduleExpression).toBe("cron(5 * * * ? *)");
    expect(recording.one(PERMISSION, "detection-digest-permission").inputs).toEqual({
      action: "lambda:InvokeFunction",
      function: "notifier",
      qualifier: "live",
      principal: "events.amazonaws.com",
      sourceArn: rule.outputs.arn,
      sourceAccount: "111122223333",
    });
    expect(recording.one(TARGET, "detection-digest-target").inputs).toMatchObject({ arn: notifier.functionArn });
  });

  test("logs every finding for a year, and lets EventBridge's own rule alone write there", async () => {
    const recording = await record();
    const group = recording.one(LOG_GROUP, "detection-findings-log");
    expect(group.inputs).toMatchObject({ name: "/aws/events/project-stack-detection-findings", retentionInDays: 365 });
    const rule = recording.one(RULE, "detection-log-rule");
    expect(JSON.parse(rule.inputs.eventPattern as string)).toEqual({
      source: ["aws.guardduty"],
      "detail-type": ["GuardDuty Finding"],
    });
    const policy = recording.one(LOG_POLICY, "detection-log-policy");
    const { Statement } = JSON.parse(policy.inputs.policyDocument as string) as { Statement: unknown[] };
    expect(Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] },
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${group.outputs.arn}:*`,
        Condition: { ArnEquals: { "aws:SourceArn": rule.outputs.arn } },
      },
    ]);
    expect(recording.one(TARGET, "detection-log-target").options.dependsOn).toContain(policy.urn);
  });

  test.each([
    ["detection-dead-letters-alarm", "AWS/SQS", "ApproximateNumberOfMessagesVisible", { QueueName: "dead-letters" }, 0],
    ["detection-waiting-alarm", "AWS/SQS", "ApproximateAgeOfOldestMessage", { QueueName: "findings" }, 900],
    ["detection-notifier-alarm", "AWS/Lambda", "Errors", { FunctionName: "notifier" }, 0],
    ["detection-topic-alarm", "AWS/SNS", "NumberOfNotificationsFailed", { TopicName: "findings" }, 0],
  ])("%s tells when a finding is stuck", async (name, namespace, metricName, dimensions, threshold) => {
    const topic = arn("sns", "operations");
    expect((await record({ alarmTopicArn: topic })).one(ALARM, name).inputs).toMatchObject({
      namespace,
      metricName,
      dimensions,
      threshold,
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
      period: 300,
      alarmActions: [topic],
    });
  });

  test("an alarm goes to the channel's topic where no other is given", async () => {
    const recording = await record();
    expect(recording.one(ALARM, "detection-rule-alarm").inputs).toMatchObject({
      metricName: "FailedInvocations",
      dimensions: { RuleName: recording.one(RULE, "detection-rule").outputs.name },
      alarmActions: [channel.topicArn],
    });
  });

  test("registers the detector that it made, or the one that it was given", async () => {
    const made = await record();
    expect(made.one(COMPONENT, "detection").outputs).toMatchObject({
      detectorId: made.one(DETECTOR, "detection-detector").id,
      ruleArn: made.one(RULE, "detection-rule").outputs.arn,
      logGroupName: "/aws/events/project-stack-detection-findings",
    });
    expect((await record({ existingDetectorId: EXISTING })).one(COMPONENT, "detection").outputs.detectorId).toBe(
      EXISTING,
    );
  });
});

const ARGUMENTS = 'ThreatDetection "detection":';
const ADOPTED = "allowed: nothing beside existingDetectorId: an adopted detector is not changed; to fix it, remove";
test.each<[Partial<ThreatDetectionArgs>, string]>([
  [
    { existingDetectorId: "mine" },
    `${ARGUMENTS} existingDetectorId is "mine"; allowed: 32 hexadecimal digits; to fix it, list it with \`aws guardduty list-detectors\``,
  ],
  [
    { existingDetectorId: EXISTING, furtherFeatures: [] },
    `${ARGUMENTS} furtherFeatures is []; ${ADOPTED} furtherFeatures, or existingDetectorId`,
  ],
  [
    { existingDetectorId: EXISTING, publishingFrequency: PublishingFrequency.OneHour },
    `${ARGUMENTS} publishingFrequency is "ONE_HOUR"; ${ADOPTED} publishingFrequency, or existingDetectorId`,
  ],
  [
    { declinedFeatures: { EKS_AUDIT_LOGS: "there is no cluster" } },
    `${ARGUMENTS} declinedFeatures["EKS_AUDIT_LOGS"] is "EKS_AUDIT_LOGS"; allowed: LAMBDA_NETWORK_LOGS, S3_DATA_EVENTS, RDS_LOGIN_EVENTS; to fix it, set declinedFeatures["EKS_AUDIT_LOGS"] to one of them`,
  ],
  [
    { declinedFeatures: { RDS_LOGIN_EVENTS: "no" } },
    `${ARGUMENTS} declinedFeatures["RDS_LOGIN_EVENTS"] is "no"; allowed: a written reason of at least 10 characters; to fix it, say why the floor is lowered here; it becomes a tag that the policy pack reports`,
  ],
  [
    { furtherFeatures: ["ALL" as DetectorFeature] },
    `${ARGUMENTS} furtherFeatures[0] is "ALL"; allowed: LAMBDA_NETWORK_LOGS, S3_DATA_EVENTS, RDS_LOGIN_EVENTS, EKS_AUDIT_LOGS, EBS_MALWARE_PROTECTION, RUNTIME_MONITORING; to fix it, set furtherFeatures[0] to one of them`,
  ],
  [
    { minimumSeverity: 0 },
    `${ARGUMENTS} minimumSeverity is 0; allowed: a number from 1 to 9; to fix it, set minimumSeverity to 4 for medium, 7 for high or 9 for critical findings`,
  ],
  [
    { mutedTypes: { "PenTest:*": "our own testers" } },
    `${ARGUMENTS} mutedTypes["PenTest:*"] is "PenTest:*"; allowed: a finding type in full, such as "Trojan:Lambda/DropPoint"; to fix it, name one type`,
  ],
  [
    { logRetentionDays: 2 },
    `${ARGUMENTS} logRetentionDays is 2; allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653; to fix it, set logRetentionDays to one of them`,
  ],
])("refuses %j before anything is made", async (args, sentence) => {
  expect((await rejection(() => record(args))).message).toBe(sentence);
});

describe("further regions", () => {
  const BUS = "arn:aws:events:eu-central-1:111122223333:event-bus/default";

  test("have detectors of their own, and send their findings to the one where people are told", async () => {
    const recording = await record({
      regions: ["eu-west-1", "us-east-1"],
      existingDetectorIds: { "us-east-1": EXISTING },
    });
    expect(recording.all(DETECTOR).map(({ name, inputs }) => [name, inputs.region])).toEqual([
      ["detection-detector", undefined],
      ["detection-detector-eu-west-1", "eu-west-1"],
    ]);
    const features = recording.all(FEATURE).filter(({ inputs }) => inputs.region === "eu-west-1");
    expect(features).toHaveLength(6);
    for (const { options } of features) expect([options.protect, options.retainOnDelete]).toEqual([true, true]);
    const forwards = recording.all(RULE).filter(({ name }) => name.startsWith("detection-forward-"));
    expect(forwards.map(({ inputs }) => inputs.region)).toEqual(["eu-west-1", "us-east-1"]);
    const role = recording.one("aws:iam/role:Role", "detection-forward-role");
    const targets = recording.all(TARGET).filter(({ name }) => name.includes("forward"));
    expect(targets.map(({ inputs }) => [inputs.region, inputs.arn, inputs.roleArn])).toEqual([
      ["eu-west-1", BUS, role.outputs.arn],
      ["us-east-1", BUS, role.outputs.arn],
    ]);
    const policy = recording.one("aws:iam/rolePolicy:RolePolicy", "detection-forward-policy");
    expect(JSON.parse(String(policy.inputs.policy)).Statement).toEqual([
      { Sid: "OwnBus", Effect: "Allow", Action: ["events:PutEvents"], Resource: [BUS] },
    ]);
  });

  test("may have features of their own where the own detector is adopted", async () => {
    const recording = await record({
      existingDetectorId: EXISTING,
      regions: ["eu-west-1"],
      furtherFeatures: [DetectorFeature.EksAuditLogs],
    });
    expect(recording.one(DETECTOR).inputs.region).toBe("eu-west-1");
  });

  test("and the own one name the organization's administrator where there is one", async () => {
    const recording = await record({ regions: ["eu-west-1"], delegatedAdministrator: "444455556666" });
    const named = recording.all("aws:guardduty/organizationAdminAccount:OrganizationAdminAccount");
    expect(named.map(({ name, inputs }) => [name, inputs])).toEqual([
      ["detection-administrator", { adminAccountId: "444455556666" }],
      ["detection-administrator-eu-west-1", { adminAccountId: "444455556666", region: "eu-west-1" }],
    ]);
  });

  test.each<[Partial<ThreatDetectionArgs>, string]>([
    [{ existingDetectorIds: { "eu-west-1": EXISTING } }, 'existingDetectorIds["eu-west-1"] is "eu-west-1"'],
    [{ regions: ["eu-west-1"], existingDetectorIds: { "eu-west-1": "x" } }, 'existingDetectorIds["eu-west-1"] is "x"'],
    [{ regions: ["here"] }, 'regions[0] is "here"'],
    [{ delegatedAdministrator: "me" }, 'delegatedAdministrator is "me"'],
    [
      {
        existingDetectorId: EXISTING,
        regions: ["eu-west-1"],
        existingDetectorIds: { "eu-west-1": EXISTING },
        furtherFeatures: [],
      },
      "furtherFeatures is []",
    ],
  ])("%j is refused", async (args, says) => {
    const { message } = await rejection(() => new ThreatDetection("detection", { channel, notifier, ...args }));
    expect(message).toContain(says);
  });
});

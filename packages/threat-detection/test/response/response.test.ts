import { expectNamesPrefixed, expectPartitionSafe, recordStack, rejection, resolved } from "@palisade/testing";
import { describe, expect, test } from "vitest";
import { FindingResponse, ResponseMode, ResponsePlan, type ResponsePlanArgs } from "../../src/index.ts";

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:111122223333:${resource}`;
const channel = { topicArn: arn("sns", "findings"), kmsKeyArn: arn("kms", "key/1") };
const functionRef = (name: string) => ({
  functionName: name,
  functionArn: arn("lambda", `function:${name}:live`),
  invokeArn: "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/x/invocations",
  qualifier: "live",
});
const notifier = functionRef("notifier");
const ORDERS = arn("lambda", "function:orders");
const ROLE = "arn:aws:iam::111122223333:role/functions/orders";
const SET4 = arn("wafv2", "regional/ipset/denied/1111-2222");
const SET6 = "arn:aws:wafv2:us-east-1:111122223333:global/ipset/denied6/3333-4444";

const QUARANTINE = { functionArns: [`${ORDERS}:live`] };
const ALL: Partial<ResponsePlanArgs> = {
  quarantine: QUARANTINE,
  revokeSessions: { roleArns: [ROLE] },
  denyAddresses: { ipv4SetArn: SET4, ipv6SetArn: SET6 },
};

const plan = (args: Partial<ResponsePlanArgs> = { quarantine: QUARANTINE }) =>
  new ResponsePlan("plan", { channel, notifier, ...args });
const record = (args?: Partial<ResponsePlanArgs>) => recordStack(() => plan(args));
const documentOf = async (args?: Partial<ResponsePlanArgs>) =>
  JSON.parse(await resolved((await record(args)).result.document)) as Record<string, unknown>;
const refused = (args: Partial<ResponsePlanArgs>) => rejection(() => plan(args));

const QUEUE = "aws:sqs/queue:Queue";
const TABLE = "aws:dynamodb/table:Table";

describe("a plan", () => {
  test("has a queue, its dead letters and a table, named after itself", async () => {
    const recording = await record(ALL);
    expect(recording.types()).toEqual({
      [QUEUE]: 2,
      "aws:sqs/queuePolicy:QueuePolicy": 2,
      [TABLE]: 1,
      "palisade:index:ResponsePlan": 1,
    });
    expectNamesPrefixed(recording, recording.one("palisade:index:ResponsePlan"));
    const cn = (service: string, resource: string) => `arn:aws-cn:${service}:cn-north-1:111122223333:${resource}`;
    const there = {
      quarantine: { functionArns: [cn("lambda", "function:orders")] },
      revokeSessions: { roleArns: ["arn:aws-cn:iam::111122223333:role/orders"] },
      denyAddresses: { ipv4SetArn: cn("wafv2", "regional/ipset/denied/1") },
    };
    const theirs = { channel: { topicArn: "t", kmsKeyArn: "k" }, notifier: functionRef("n"), ...there };
    expectPartitionSafe(await recordStack(() => new ResponsePlan("plan", theirs), { place: { partition: "aws-cn" } }));
  });

  test("keeps findings five times, and measures for good, under the channel's key", async () => {
    const recording = await record();
    const queue = recording.one(QUEUE, "plan-findings").inputs;
    expect(JSON.parse(String(queue.redrivePolicy))).toMatchObject({ maxReceiveCount: 5 });
    expect(queue.kmsMasterKeyId).toBe(channel.kmsKeyArn);
    expect(recording.one(TABLE).inputs).toMatchObject({
      deletionProtectionEnabled: true,
      serverSideEncryption: { enabled: true, kmsKeyArn: channel.kmsKeyArn },
    });
  });

  test("is a dry run of what is named, by these findings, unless it says otherwise", async () => {
    expect(await documentOf(ALL)).toEqual({
      mode: "dry-run",
      measuresPerHour: 10,
      quarantine: { types: ["*:Lambda/*"], minimumSeverity: 7, targets: [ORDERS], protected: ["notifier"] },
      "revoke-sessions": {
        types: [
          "*:IAMUser/ResourceCredentialExfiltration.*",
          "*:IAMUser/InstanceCredentialExfiltration.*",
          "*:IAMUser/CompromisedCredentials",
          "Trojan:Lambda/DropPoint",
          "Backdoor:Lambda/*",
        ],
        minimumSeverity: 7,
        targets: [ROLE],
        protected: [],
      },
      "deny-address": {
        types: [
          "*:IAMUser/MaliciousIPCaller*",
          "*:IAMUser/TorIPCaller",
          "*:S3/MaliciousIPCaller*",
          "*:S3/TorIPCaller",
          "CredentialAccess:RDS/*",
        ],
        minimumSeverity: 4,
        targets: [],
        protected: [],
        ipv4SetArn: SET4,
        ipv6SetArn: SET6,
        hours: 24,
        maximumAddresses: 100,
        allowed: [],
      },
    });
    expect(Object.keys(await documentOf())).toEqual(["mode", "measuresPerHour", "quarantine"]);
  });

  test("says what its owner says", async () => {
    const document = await documentOf({
      mode: ResponseMode.Act,
      measuresPerHour: 3,
      quarantine: {
        ...QUARANTINE,
        protectedFunctions: ["authorizer"],
        types: ["CryptoCurrency:Lambda/*"],
        minimumSeverity: 8.5,
      },
      revokeSessions: { roleArns: [ROLE], protectedRoles: ["deployer"], types: ["*:IAMUser/*"], minimumSeverity: 1 },
      denyAddresses: {
        ipv4SetArn: SET4,
        hours: 1,
        maximumAddresses: 10_000,
        allowedAddresses: ["2a02::/32", "45.155.204.7"],
      },
    });
    expect(document).toMatchObject({
      mode: "act",
      measuresPerHour: 3,
      quarantine: { types: ["CryptoCurrency:Lambda/*"], minimumSeverity: 8.5, protected: ["notifier", "authorizer"] },
      "revoke-sessions": { types: ["*:IAMUser/*"], minimumSeverity: 1, protected: ["deployer"] },
      "deny-address": { hours: 1, maximumAddresses: 10_000, allowed: ["2a02::/32", "45.155.204.7"] },
    });
  });

  test("may lose its table for a reason", async () => {
    const table = (await record({ quarantine: QUARANTINE, allowDeletion: "made anew at will" })).one(TABLE).inputs;
    expect(table.deletionProtectionEnabled).toBe(false);
    expect(table.tags).toMatchObject({ "palisade:lowered:response-table-deletion-protection": "made anew at will" });
  });
});

describe("the responder's role", () => {
  const statementsOf = async (args: Partial<ResponsePlanArgs>) =>
    resolved((await record(args)).result.responderStatements());

  test("has these rights over what the plan names, and no other", async () => {
    const recording = await record(ALL);
    const { queueArn, tableArn } = recording.result;
    expect(await resolved(recording.result.responderStatements())).toEqual([
      {
        sid: "TakeFindings",
        actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
        resources: [await resolved(queueArn)],
      },
      {
        sid: "RememberMeasures",
        actions: ["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Scan"].map((name) => `dynamodb:${name}`),
        resources: [await resolved(tableArn)],
      },
      { sid: "TellPeople", actions: ["sns:Publish"], resources: [channel.topicArn] },
      { sid: "ChannelKey", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [channel.kmsKeyArn] },
      {
        sid: "StopFunctions",
        actions: ["lambda:GetFunctionConcurrency", "lambda:PutFunctionConcurrency", "lambda:DeleteFunctionConcurrency"],
        resources: [ORDERS],
      },
      { sid: "LookAtRevocations", actions: ["iam:GetRolePolicy"], resources: [ROLE] },
      { sid: "RevokeSessions", actions: ["iam:PutRolePolicy", "iam:DeleteRolePolicy"], resources: [ROLE] },
      { sid: "DenyAddresses", actions: ["wafv2:GetIPSet", "wafv2:UpdateIPSet"], resources: [SET4, SET6] },
    ]);
  });

  test("has no right for a measure that the plan does not have", async () => {
    const sids = async (args: Partial<ResponsePlanArgs>) => (await statementsOf(args)).map(({ sid }) => sid).slice(4);
    expect(await sids({ quarantine: QUARANTINE })).toEqual(["StopFunctions"]);
    expect(await sids({ revokeSessions: { roleArns: [ROLE] } })).toEqual(["LookAtRevocations", "RevokeSessions"]);
    expect((await statementsOf({ denyAddresses: { ipv6SetArn: SET6 } })).at(-1)?.resources).toEqual([SET6]);
  });

  test("writes policies only of roles with the boundary, where one is given", async () => {
    const permissionsBoundaryArn = "arn:aws:iam::111122223333:policy/boundary";
    const statements = await statementsOf({ revokeSessions: { roleArns: [ROLE], permissionsBoundaryArn } });
    expect(statements.at(-1)?.conditions).toEqual({
      StringEquals: { "iam:PermissionsBoundary": permissionsBoundaryArn },
    });
    // IAM has no such key for reading.
    expect(statements.at(-2)?.conditions).toBeUndefined();
  });

  test("has the reason of a wildcard", async () => {
    const wildcardReason = "functions come and go with their teams";
    const quarantine = { functionArns: [arn("lambda", "function:prod-*")], wildcardReason };
    const revokeSessions = { roleArns: ["arn:aws:iam::111122223333:role/prod-*"], wildcardReason };
    const statements = await statementsOf({ quarantine, revokeSessions });
    expect(statements.slice(4).map((statement) => statement.wildcardReason)).toEqual(Array(3).fill(wildcardReason));
  });

  test("finds its plan in the environment", async () => {
    const { result } = await record();
    expect(await resolved(result.responderEnvironment())).toEqual({
      TOPIC_ARN: channel.topicArn,
      RESPONSE_TABLE: await resolved(result.tableName),
      RESPONSE_PLAN: await resolved(result.document),
    });
  });
});

const PLACE = 'ResponsePlan "plan": ';
test.each<[Partial<ResponsePlanArgs>, string]>([
  [
    {},
    "quarantine is no measure; allowed: quarantine, revokeSessions, denyAddresses, or several of them; to fix it, say what may be done about findings, or make no plan",
  ],
  [{ ...ALL, mode: "on" as ResponseMode }, 'mode is "on"; allowed: dry-run, act; to fix it, set mode to one of them'],
  [
    { ...ALL, measuresPerHour: 0 },
    "measuresPerHour is 0; allowed: a whole number from 1 to 1000; to fix it, set measuresPerHour to one",
  ],
  [
    { quarantine: { functionArns: [] } },
    "quarantine.functionArns is []; allowed: at least one ARN; to fix it, name what it may be done to, or remove quarantine",
  ],
  [
    { quarantine: { functionArns: ["orders"] } },
    'quarantine.functionArns[0] is "orders"; allowed: an ARN of the form ^arn:[a-z-]+:lambda:[a-z0-9-]+:\\d{12}:function:[\\w*-]{1,64}(:[\\w$-]+)?$; to fix it, give the resource\'s own ARN',
  ],
  [
    { quarantine: { functionArns: [arn("lambda", "function:*")] } },
    `quarantine.functionArns[0] is "${arn("lambda", "function:*")}"; allowed: an ARN without *, unless there is a wildcardReason; to fix it, name each one, or say in quarantine.wildcardReason why it cannot be done`,
  ],
  [
    { quarantine: { ...QUARANTINE, wildcardReason: "why" } },
    'quarantine.wildcardReason is "why"; allowed: a written reason of at least 10 characters; to fix it, say why the floor is lowered here; it becomes a tag that the policy pack reports',
  ],
  [
    { quarantine: { ...QUARANTINE, minimumSeverity: 0 } },
    "quarantine.minimumSeverity is 0; allowed: a number from 1 to 10; to fix it, set it to 4 for medium, 7 for high or 9 for critical findings",
  ],
  [
    { quarantine: { ...QUARANTINE, types: ["everything"] } },
    'quarantine.types[0] is "everything"; allowed: a finding type, in which * stands for any characters, such as "Trojan:Lambda/*"; to fix it, write it with its purpose, its resource and its name',
  ],
  [
    { quarantine: { ...QUARANTINE, types: [] } },
    "quarantine.types is []; allowed: at least one type; to fix it, remove it for the default types, or remove quarantine",
  ],
  [
    { denyAddresses: {} },
    "denyAddresses.ipv4SetArn is no set; allowed: ipv4SetArn, ipv6SetArn or both; to fix it, give the ARN of the IP set that the firewall refuses",
  ],
  [
    { denyAddresses: { ipv6SetArn: "denied" } },
    'denyAddresses.ipv6SetArn is "denied"; allowed: the ARN of an IP set; to fix it, give the arn of an aws.wafv2.IpSet',
  ],
  [
    { denyAddresses: { ipv4SetArn: SET4, hours: 721 } },
    "denyAddresses.hours is 721; allowed: a whole number from 1 to 720; to fix it, set denyAddresses.hours to one",
  ],
  [
    { denyAddresses: { ipv4SetArn: SET4, maximumAddresses: 10_001 } },
    "denyAddresses.maximumAddresses is 10001; allowed: a whole number from 1 to 10000; to fix it, set denyAddresses.maximumAddresses to one",
  ],
  ...["office", "45.155.204.0/33", "45.155.204.0/x", "45.155.204.0/24/1", "2a02::/129"].map(
    (range): [Partial<ResponsePlanArgs>, string] => [
      { denyAddresses: { ipv4SetArn: SET4, allowedAddresses: [range] } },
      `denyAddresses.allowedAddresses[0] is "${range}"; allowed: an address or a range, such as 192.0.2.0/24; to fix it, correct it`,
    ],
  ),
])("%j is refused before anything is created", async (args, says) => {
  expect((await refused(args)).message).toContain(`${PLACE}${says}`);
});

describe("a response", () => {
  const responder = functionRef("responder");
  const refs = {
    queueArn: arn("sqs", "queue"),
    queueName: "queue",
    deadLetterQueueArn: arn("sqs", "dead"),
    deadLetterQueueName: "dead",
  };
  const recordResponse = () =>
    recordStack(() => new FindingResponse("response", { plan: refs, responder, alarmTopicArn: channel.topicArn }));

  test("has a rule, a delivery, a clock and an alarm for each place where a finding can stop", async () => {
    const recording = await recordResponse();
    expect(recording.types()).toEqual({
      "aws:cloudwatch/eventRule:EventRule": 2,
      "aws:cloudwatch/eventTarget:EventTarget": 2,
      "aws:lambda/eventSourceMapping:EventSourceMapping": 1,
      "aws:lambda/permission:Permission": 1,
      "aws:cloudwatch/metricAlarm:MetricAlarm": 4,
      "palisade:index:FindingResponse": 1,
    });
    expectNamesPrefixed(recording, recording.one("palisade:index:FindingResponse"));
    expect(recording.one("aws:lambda/eventSourceMapping:EventSourceMapping").inputs).toMatchObject({
      eventSourceArn: refs.queueArn,
      functionName: responder.functionArn,
      functionResponseTypes: ["ReportBatchItemFailures"],
    });
    const targets = recording.all("aws:cloudwatch/eventTarget:EventTarget").map(({ inputs }) => inputs);
    expect(targets.map(({ arn: to, input }) => [to, input])).toEqual([
      [refs.queueArn, undefined],
      [responder.functionArn, '{"sweep":true}'],
    ]);
    for (const { deadLetterConfig } of targets) expect(deadLetterConfig).toEqual({ arn: refs.deadLetterQueueArn });
    expect(recording.one("aws:cloudwatch/eventRule:EventRule", "response-sweep").inputs.scheduleExpression).toBe(
      "rate(15 minutes)",
    );
    expect(recording.one("aws:lambda/permission:Permission").inputs).toMatchObject({ qualifier: "live" });
    const alarms = recording.all("aws:cloudwatch/metricAlarm:MetricAlarm").map(({ name, inputs }) => [name, inputs]);
    expect(alarms.map(([name]) => name).sort()).toEqual([
      "response-dead-letters-alarm",
      "response-responder-alarm",
      "response-rule-alarm",
      "response-waiting-alarm",
    ]);
    for (const [, inputs] of alarms) expect(inputs).toMatchObject({ alarmActions: [channel.topicArn] });
  });

  test("gives the plan every finding: it is the plan that decides", async () => {
    const recording = await recordResponse();
    const rule = recording.one("aws:cloudwatch/eventRule:EventRule", "response-rule");
    expect(JSON.parse(String(rule.inputs.eventPattern))).toEqual({
      source: ["aws.guardduty"],
      "detail-type": ["GuardDuty Finding"],
    });
  });
});

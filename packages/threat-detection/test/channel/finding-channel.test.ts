import { expectNamesPrefixed, expectPartitionSafe, recordStack, rejection, resolved } from "@palisade/testing";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { FindingChannel, type FindingChannelArgs } from "../../src/index.ts";

const KEY = "aws:kms/key:Key";
const QUEUE = "aws:sqs/queue:Queue";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const TABLE = "aws:dynamodb/table:Table";
const TOPIC = "aws:sns/topic:Topic";
const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const SLACK = "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration";
const TEAMS = "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration";
const ROLE = "aws:iam/role:Role";
const COMPONENT = "palisade:index:FindingChannel";

const QUEUE_ARN = "arn:aws:sqs:eu-central-1:111122223333:tickets";
const GIVEN_KEY = "arn:aws:kms:eu-central-1:111122223333:key/given";
const TEAMS_CHANNEL = {
  tenantId: "0a1b2c3d-0000-4000-8000-000000000001",
  teamId: "0a1b2c3d-0000-4000-8000-000000000002",
  channelId: "19%3Aab12cd34%40thread.tacv2",
};
const ALL: FindingChannelArgs = {
  emailAddresses: ["security@example.com"],
  slack: { workspaceId: "T01234567", channelId: "C01234567" },
  queueArns: { tickets: QUEUE_ARN },
};

const record = (args?: FindingChannelArgs) => recordStack(() => new FindingChannel("channel", args));
const policyOf = (inputs: Record<string, unknown>) => JSON.parse(inputs.policy as string) as { Statement: Statement[] };

interface Statement {
  Sid: string;
  Effect: string;
  Principal: unknown;
  Condition?: Record<string, Record<string, string>>;
}

describe("a channel", () => {
  test("has these resources and no others", async () => {
    const least = {
      [KEY]: 1,
      [QUEUE]: 2,
      [QUEUE_POLICY]: 2,
      [TABLE]: 1,
      [TOPIC]: 1,
      [TOPIC_POLICY]: 1,
      [COMPONENT]: 1,
    };
    expect((await record()).types()).toEqual(least);
    expect((await record(ALL)).types()).toEqual({ ...least, [SUBSCRIPTION]: 2, [SLACK]: 1, [ROLE]: 1 });
    const { [KEY]: _key, ...adopted } = least;
    expect((await record({ kmsKeyArn: GIVEN_KEY })).types()).toEqual(adopted);
  });

  test("names its children after itself, and no partition", async () => {
    const recording = await record(ALL);
    expectNamesPrefixed(recording, recording.one(COMPONENT));
    const { queueArns: _given, ...ours } = ALL;
    expectPartitionSafe(
      await recordStack(() => new FindingChannel("channel", ours), {
        place: { partition: "aws-cn", region: "cn-north-1" },
      }),
    );
  });

  test("has a key that rotates and that EventBridge, SNS and CloudWatch may use for this account alone", async () => {
    const { inputs } = (await record()).one(KEY, "channel-key");
    expect(inputs).toMatchObject({ enableKeyRotation: true, deletionWindowInDays: 30 });
    const { Statement } = policyOf(inputs);
    expect(Statement.map(({ Sid }) => Sid)).toEqual([
      "AccountDecidesByIam",
      "EventBridgeSendsToQueue",
      "TopicSendsToQueues",
      "AlarmsPublish",
    ]);
    for (const { Condition } of Statement.slice(1)) {
      expect(Condition?.StringEquals).toEqual({ "aws:SourceAccount": "111122223333" });
    }
    expect(Statement[1]?.Condition?.ArnLike).toEqual({
      "aws:SourceArn": "arn:aws:events:eu-central-1:111122223333:rule/*",
    });
  });

  test("keeps a finding for 14 days, and puts it aside after five tries", async () => {
    const recording = await record();
    const key = recording.one(KEY, "channel-key").outputs.arn;
    const common = {
      kmsMasterKeyId: key,
      kmsDataKeyReusePeriodSeconds: 300,
      messageRetentionSeconds: 1_209_600,
      tags: { "palisade:component": "FindingChannel", "palisade:name": "channel" },
    };
    const deadLetters = recording.one(QUEUE, "channel-dead-letters");
    expect(deadLetters.inputs).toEqual(common);
    const { redrivePolicy, ...inputs } = recording.one(QUEUE, "channel-findings").inputs;
    expect(inputs).toEqual({ ...common, visibilityTimeoutSeconds: 360 });
    expect(JSON.parse(redrivePolicy as string)).toEqual({
      deadLetterTargetArn: deadLetters.outputs.arn,
      maxReceiveCount: 5,
    });
  });

  test.each([
    ["channel-findings-policy", ["events.amazonaws.com"]],
    ["channel-dead-letters-policy", ["events.amazonaws.com", "sns.amazonaws.com"]],
  ])("%s lets this account's services send, over TLS", async (name, services) => {
    const { Statement } = policyOf((await record()).one(QUEUE_POLICY, name).inputs);
    const tls = Statement.pop();
    expect(tls).toMatchObject({
      Effect: "Deny",
      Principal: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    expect(Statement.map(({ Principal }) => Principal)).toEqual(services.map((Service) => ({ Service })));
    for (const { Condition } of Statement) {
      expect(Condition?.StringEquals).toEqual({ "aws:SourceAccount": "111122223333" });
      expect(Object.keys(Condition?.ArnLike ?? {})).toEqual(["aws:SourceArn"]);
    }
  });

  test("has an encrypted topic that this account alone publishes to, over TLS", async () => {
    const recording = await record();
    const topic = recording.one(TOPIC, "channel-topic");
    expect(topic.inputs.kmsMasterKeyId).toBe(recording.one(KEY, "channel-key").outputs.arn);
    const { Statement } = policyOf(recording.one(TOPIC_POLICY, "channel-topic-policy").inputs);
    expect(Statement.map(({ Sid, Effect, Principal }) => [Sid, Effect, Principal])).toEqual([
      ["OwnAccountByIam", "Allow", { AWS: "arn:aws:iam::111122223333:root" }],
      ["AlarmsOfOwnAccount", "Allow", { Service: "cloudwatch.amazonaws.com" }],
      ["TlsOnly", "Deny", "*"],
    ]);
    expect(Statement[1]?.Condition).toEqual({ StringEquals: { "aws:SourceAccount": "111122223333" } });
    expect(Statement[2]?.Condition).toEqual({ Bool: { "aws:SecureTransport": "false" } });
  });

  test("tells e-mail addresses and queues, and puts aside what a queue does not take", async () => {
    const recording = await record(ALL);
    const topic = recording.one(TOPIC, "channel-topic").outputs.arn;
    expect(recording.one(SUBSCRIPTION, "channel-email-security-example-com").inputs).toEqual({
      topic,
      protocol: "email",
      endpoint: "security@example.com",
    });
    const { redrivePolicy, ...queue } = recording.one(SUBSCRIPTION, "channel-queue-tickets").inputs;
    expect(queue).toEqual({ topic, protocol: "sqs", endpoint: QUEUE_ARN });
    expect(JSON.parse(redrivePolicy as string)).toEqual({
      deadLetterTargetArn: recording.one(QUEUE, "channel-dead-letters").outputs.arn,
    });
  });

  test("tells a Teams channel from which no command can be given", async () => {
    const recording = await record({ teams: TEAMS_CHANNEL });
    expect(recording.one(TEAMS, "channel-teams").inputs).toMatchObject({
      ...TEAMS_CHANNEL,
      guardrailPolicyArns: ["arn:aws:iam::aws:policy/AWSDenyAll"],
      snsTopicArns: [recording.one(TOPIC, "channel-topic").outputs.arn],
      iamRoleArn: recording.one(ROLE, "channel-teams-role").outputs.arn,
    });
  });

  test("tells a Slack channel from which no command can be given", async () => {
    const recording = await record(ALL);
    expect(recording.one(SLACK, "channel-slack").inputs).toMatchObject({
      guardrailPolicyArns: ["arn:aws:iam::aws:policy/AWSDenyAll"],
      slackTeamId: "T01234567",
      slackChannelId: "C01234567",
      snsTopicArns: [recording.one(TOPIC, "channel-topic").outputs.arn],
      iamRoleArn: recording.one(ROLE, "channel-slack-role").outputs.arn,
    });
  });

  test("has a table that is protected, unless a reason says otherwise", async () => {
    expect((await record()).one(TABLE, "channel-table").inputs).toMatchObject({
      billingMode: "PAY_PER_REQUEST",
      hashKey: "id",
      ttl: { attributeName: "expiresAt", enabled: true },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: true,
    });
    const lowered = (await record({ allowDeletion: "dev is made anew at will" })).one(TABLE, "channel-table").inputs;
    expect(lowered).toMatchObject({
      deletionProtectionEnabled: false,
      tags: { "palisade:lowered:finding-table-deletion-protection": "dev is made anew at will" },
    });
  });

  test("encrypts all with the key that it is given, and tells the notifier what it needs", async () => {
    const recording = await record({ kmsKeyArn: GIVEN_KEY, maximumReceives: pulumi.output(9) });
    expect(recording.one(TOPIC, "channel-topic").inputs.kmsMasterKeyId).toBe(GIVEN_KEY);
    expect(recording.one(TABLE, "channel-table").inputs.serverSideEncryption).toEqual({
      enabled: true,
      kmsKeyArn: GIVEN_KEY,
    });
    expect(JSON.parse(recording.one(QUEUE, "channel-findings").inputs.redrivePolicy as string)).toMatchObject({
      maxReceiveCount: 9,
    });
    const channel = recording.result;
    expect(await resolved(channel.notifierEnvironment())).toEqual({
      TOPIC_ARN: recording.one(TOPIC, "channel-topic").outputs.arn,
      NOTIFICATION_TABLE: recording.one(TABLE, "channel-table").outputs.name,
    });
    const statements = await resolved(channel.notifierStatements());
    expect(statements.map(({ sid, actions, resources }) => [sid, actions.length, resources])).toEqual([
      ["TakeFindings", 3, [recording.one(QUEUE, "channel-findings").outputs.arn]],
      ["RememberFindings", 4, [recording.one(TABLE, "channel-table").outputs.arn]],
      ["TellPeople", 1, [recording.one(TOPIC, "channel-topic").outputs.arn]],
      ["ChannelKey", 2, [GIVEN_KEY]],
    ]);
  });
});

const ARGUMENTS = 'FindingChannel "channel":';
test.each<[FindingChannelArgs, string]>([
  [
    { emailAddresses: ["nobody"] },
    `${ARGUMENTS} emailAddresses[0] is "nobody"; allowed: an e-mail address; to fix it, correct the address`,
  ],
  [
    { emailAddresses: ["a@b.example", "a@b.example"] },
    `${ARGUMENTS} emailAddresses[1] is "a@b.example"; allowed: each address once; to fix it, remove it`,
  ],
  [
    { queueArns: { Bad: QUEUE_ARN } },
    `${ARGUMENTS} queueArns["Bad"] is a key in another form; allowed: keys in kebab-case; to fix it, rename it`,
  ],
  [
    { queueArns: { tickets: "tickets" } },
    `${ARGUMENTS} queueArns["tickets"] is "tickets"; allowed: the ARN of an SQS queue; to fix it, give the queue's arn`,
  ],
  [
    { slack: { workspaceId: "mine", channelId: "C01234567" } },
    `${ARGUMENTS} slack.workspaceId is "mine"; allowed: an id of Slack that matches ^T[A-Z0-9]{5,}$; to fix it, copy it from Slack's address bar`,
  ],
  [
    { teams: { ...TEAMS_CHANNEL, teamId: "team" } },
    `${ARGUMENTS} teams.teamId is "team"; allowed: an id of Teams that matches ^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$; to fix it, copy it from the channel's link`,
  ],
  [
    { maximumReceives: 0 },
    `${ARGUMENTS} maximumReceives is 0; allowed: a whole number from 1 to 1000; to fix it, set maximumReceives to one`,
  ],
  [
    { allowDeletion: "yes" },
    `${ARGUMENTS} allowDeletion is "yes"; allowed: a written reason of at least 10 characters; to fix it, say why the floor is lowered here; it becomes a tag that the policy pack reports`,
  ],
])("refuses %j before anything is made", async (args, sentence) => {
  expect((await rejection(() => record(args))).message).toBe(sentence);
});

import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListAliasesCommand,
} from "@aws-sdk/client-kms";
import { DescribeSecretCommand, GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { GetTopicAttributesCommand, ListSubscriptionsByTopicCommand } from "@aws-sdk/client-sns";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulated, outcome, startEmulated } from "../helpers/emulated.ts";

let emulated: Emulated;
beforeAll(async () => {
  emulated = await startEmulated();
}, 180_000);
afterAll(() => emulated.sandbox.close());

describe("CloudWatch", () => {
  test("a log group has its retention, loses it, and is deleted", async () => {
    const { logs } = emulated.sandbox.clients;
    const made = await emulated.create("aws:cloudwatch/logGroup:LogGroup", { name: "/app/a", retentionInDays: 30 });
    expect(made.outputs.arn).toBe("arn:aws:logs:us-east-1:123456789012:log-group:/app/a");
    const read = async () =>
      (await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: "/app/a" }))).logGroups ?? [];
    expect((await read())[0]?.retentionInDays).toBe(30);
    await made.update({ name: "/app/a", retentionInDays: 0 });
    expect((await read())[0]?.retentionInDays).toBeUndefined();
    await made.delete();
    expect(await read()).toEqual([]);
    await made.delete();
  });

  test("an alarm is put, changed and deleted", async () => {
    const { cloudWatch } = emulated.sandbox.clients;
    const inputs = {
      name: "errors",
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
      namespace: "AWS/Lambda",
      metricName: "Errors",
      period: 60,
      statistic: "Sum",
      threshold: 0,
      dimensions: { FunctionName: "orders" },
      alarmActions: ["arn:aws:sns:us-east-1:123456789012:alarms"],
    };
    const made = await emulated.create("aws:cloudwatch/metricAlarm:MetricAlarm", inputs);
    expect(made.outputs.arn).toBe("arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors");
    const read = async () =>
      (await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: ["errors"] }))).MetricAlarms ?? [];
    expect((await read())[0]).toMatchObject({
      MetricName: "Errors",
      Dimensions: [{ Name: "FunctionName", Value: "orders" }],
      AlarmActions: ["arn:aws:sns:us-east-1:123456789012:alarms"],
    });
    await made.update({ ...inputs, threshold: 5 });
    expect((await read())[0]?.Threshold).toBe(5);
    await made.delete();
    expect(await read()).toEqual([]);
  });
});

describe("DynamoDB", () => {
  test("a table has its keys, its time to live and its recovery, and is deleted", async () => {
    const { dynamodb } = emulated.sandbox.clients;
    const inputs = {
      name: "idempotency",
      attributes: [
        { name: "id", type: "S" },
        { name: "at", type: "N" },
        { name: "owner", type: "S" },
      ],
      hashKey: "id",
      rangeKey: "at",
      billingMode: "PAY_PER_REQUEST",
      globalSecondaryIndexes: [{ name: "by-owner", hashKey: "owner", projectionType: "ALL" }],
      localSecondaryIndexes: [{ name: "by-owner-of-id", rangeKey: "owner", projectionType: "KEYS_ONLY" }],
      pointInTimeRecovery: { enabled: true },
      ttl: { attributeName: "expires", enabled: true },
      serverSideEncryption: { enabled: true },
      streamEnabled: true,
      streamViewType: "NEW_IMAGE",
      deletionProtectionEnabled: true,
      tags: { team: "a" },
    };
    const made = await emulated.create("aws:dynamodb/table:Table", inputs);
    expect(made.outputs.arn).toBe("arn:aws:dynamodb:us-east-1:123456789012:table/idempotency");
    expect(made.outputs.streamArn).toMatch(/^arn:aws:dynamodb:us-east-1:123456789012:table\/idempotency\/stream\//);
    const TableName = "idempotency";
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(Table?.KeySchema).toEqual([
      { AttributeName: "id", KeyType: "HASH" },
      { AttributeName: "at", KeyType: "RANGE" },
    ]);
    expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName)).toEqual(["by-owner"]);
    expect(Table?.LocalSecondaryIndexes?.[0]?.KeySchema?.[0]).toEqual({ AttributeName: "id", KeyType: "HASH" });
    expect(Table?.DeletionProtectionEnabled).toBe(true);
    const { TimeToLiveDescription } = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName }));
    expect(TimeToLiveDescription?.AttributeName).toBe("expires");
    const { ContinuousBackupsDescription } = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
    expect(ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus).toBe("ENABLED");

    expect(await outcome(made.delete())).toBe("ValidationException");
    await made.update({ ...inputs, deletionProtectionEnabled: undefined });
    await made.delete();
    expect(await outcome(dynamodb.send(new DescribeTableCommand({ TableName })))).toBe("ResourceNotFoundException");
  });

  test("a table without a billing mode has one unit each", async () => {
    const made = await emulated.create("aws:dynamodb/table:Table", {
      attributes: [{ name: "id", type: "S" }],
      hashKey: "id",
    });
    const { Table } = await emulated.sandbox.clients.dynamodb.send(new DescribeTableCommand({ TableName: made.id }));
    expect(Table?.ProvisionedThroughput).toMatchObject({ ReadCapacityUnits: 1, WriteCapacityUnits: 1 });
  });
});

describe("KMS", () => {
  test("a key rotates, changes its policy and is scheduled for deletion; its alias moves", async () => {
    const { kms } = emulated.sandbox.clients;
    const policy = (sid: string) => ({
      Version: "2012-10-17",
      Statement: [{ Sid: sid, Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:*", Resource: "*" }],
    });
    const key = await emulated.create("aws:kms/key:Key", {
      enableKeyRotation: true,
      policy: policy("a"),
      tags: { t: "a" },
    });
    const KeyId = key.id;
    expect((await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).KeyRotationEnabled).toBe(true);
    await key.update({ enableKeyRotation: true, policy: policy("b") });
    const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" }));
    expect(JSON.parse(Policy ?? "{}").Statement[0].Sid).toBe("b");

    const alias = await emulated.create("aws:kms/alias:Alias", { targetKeyId: KeyId }, "logs");
    expect(alias.id).toMatch(/^alias\/logs-[0-9a-f]{7}$/);
    const other = await emulated.create("aws:kms/key:Key", { deletionWindowInDays: 7 });
    await other.update({});
    await alias.update({ targetKeyId: other.id });
    const targets = async () =>
      (await kms.send(new ListAliasesCommand({}))).Aliases?.filter(({ AliasName }) => AliasName === alias.id) ?? [];
    expect((await targets())[0]?.TargetKeyId).toBe(other.id);
    await alias.delete();
    expect(await targets()).toEqual([]);
    await other.delete();
    expect((await kms.send(new DescribeKeyCommand({ KeyId: other.id }))).KeyMetadata?.KeyState).toBe("PendingDeletion");
  });
});

describe("Secrets Manager", () => {
  test("a secret has its versions, and is deleted at once or after a time", async () => {
    const { secretsManager } = emulated.sandbox.clients;
    const secret = await emulated.create("aws:secretsmanager/secret:Secret", {
      name: "payments",
      recoveryWindowInDays: 0,
      tags: { team: "a" },
    });
    const version = await emulated.create("aws:secretsmanager/secretVersion:SecretVersion", {
      secretId: secret.id,
      secretString: "first",
    });
    expect(version.id).toBe(`${secret.id}|${version.outputs.versionId}`);
    await emulated.create("aws:secretsmanager/secretVersion:SecretVersion", {
      secretId: secret.id,
      secretBinary: Buffer.from("second").toString("base64"),
    });
    const value = await secretsManager.send(new GetSecretValueCommand({ SecretId: "payments" }));
    expect(Buffer.from(value.SecretBinary ?? []).toString()).toBe("second");
    await secret.update({ description: "of the payment provider" });
    const described = await secretsManager.send(new DescribeSecretCommand({ SecretId: "payments" }));
    expect(described.Description).toBe("of the payment provider");
    await secret.delete();
    expect(await outcome(secretsManager.send(new DescribeSecretCommand({ SecretId: "payments" })))).toBe(
      "ResourceNotFoundException",
    );

    const kept = await emulated.create("aws:secretsmanager/secret:Secret", {});
    await kept.delete();
    const { DeletedDate } = await secretsManager.send(new DescribeSecretCommand({ SecretId: kept.id }));
    expect(DeletedDate).toBeInstanceOf(Date);
  });
});

describe("SQS and SNS", () => {
  test("a queue has its attributes and its policy", async () => {
    const { sqs } = emulated.sandbox.clients;
    const dead = await emulated.create("aws:sqs/queue:Queue", { name: "dead.fifo", fifoQueue: true });
    const made = await emulated.create("aws:sqs/queue:Queue", {
      fifoQueue: true,
      contentBasedDeduplication: false,
      messageRetentionSeconds: 1209600,
      redrivePolicy: { maxReceiveCount: 3, deadLetterTargetArn: dead.outputs.arn },
    });
    expect(made.outputs.name).toMatch(/^thing-[0-9a-f]{7}\.fifo$/);
    expect(made.outputs.arn).toBe(`arn:aws:sqs:us-east-1:123456789012:${made.outputs.name}`);
    const read = async () =>
      (await sqs.send(new GetQueueAttributesCommand({ QueueUrl: made.id, AttributeNames: ["All"] }))).Attributes ?? {};
    expect(await read()).toMatchObject({ MessageRetentionPeriod: "1209600", FifoQueue: "true" });
    await made.update({ fifoQueue: true, messageRetentionSeconds: 60 });
    expect((await read()).MessageRetentionPeriod).toBe("60");

    const policy = (sid: string) => ({
      Version: "2012-10-17",
      Statement: [{ Sid: sid, Effect: "Allow", Principal: "*" }],
    });
    const made2 = await emulated.create("aws:sqs/queuePolicy:QueuePolicy", { queueUrl: made.id, policy: policy("a") });
    expect(JSON.parse((await read()).Policy ?? "{}").Statement[0].Sid).toBe("a");
    await made2.update({ queueUrl: made.id, policy: policy("b") });
    expect(JSON.parse((await read()).Policy ?? "{}").Statement[0].Sid).toBe("b");
    await made2.delete();
    expect((await read()).Policy ?? "").toBe("");
    await made.delete();
    expect(await outcome(read())).toMatch(/NonExistentQueue|QueueDoesNotExist/);
    await made.delete();
  });

  test("a topic has its attributes and its subscribers", async () => {
    const { sns } = emulated.sandbox.clients;
    const made = await emulated.create("aws:sns/topic:Topic", { name: "alarms", displayName: "first" });
    expect(made.id).toBe("arn:aws:sns:us-east-1:123456789012:alarms");
    await made.update({ name: "alarms", displayName: "second" });
    const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: made.id }));
    expect(Attributes?.DisplayName).toBe("second");
    const subscription = await emulated.create("aws:sns/topicSubscription:TopicSubscription", {
      topic: made.id,
      protocol: "sqs",
      endpoint: "arn:aws:sqs:us-east-1:123456789012:alarms",
    });
    const list = async () =>
      (await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: made.id }))).Subscriptions ?? [];
    expect((await list()).map(({ SubscriptionArn }) => SubscriptionArn)).toEqual([subscription.id]);
    await subscription.delete();
    expect(await list()).toEqual([]);
    await made.delete();
    expect(await outcome(sns.send(new GetTopicAttributesCommand({ TopicArn: made.id })))).toBe("NotFoundException");

    const fifo = await emulated.create("aws:sns/topic:Topic", { fifoTopic: true });
    expect(fifo.outputs.name).toMatch(/^thing-[0-9a-f]{7}\.fifo$/);
  });
});

import {
  type AttributeDefinition,
  CreateTableCommand,
  DeleteTableCommand,
  type KeySchemaElement,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { type HandlerContext, handler, type Properties, type ServiceHandlers } from "./handler.ts";
import { ignoreMissing, tagList } from "./values.ts";

interface Index {
  name: string;
  hashKey?: string;
  rangeKey?: string;
  projectionType: "ALL" | "KEYS_ONLY" | "INCLUDE";
  nonKeyAttributes?: string[];
  readCapacity?: number;
  writeCapacity?: number;
}

interface TableInputs {
  name?: string;
  attributes?: { name: string; type: "S" | "N" | "B" }[];
  hashKey: string;
  rangeKey?: string;
  billingMode?: "PROVISIONED" | "PAY_PER_REQUEST";
  readCapacity?: number;
  writeCapacity?: number;
  globalSecondaryIndexes?: Index[];
  localSecondaryIndexes?: Index[];
  streamEnabled?: boolean;
  streamViewType?: "KEYS_ONLY" | "NEW_IMAGE" | "OLD_IMAGE" | "NEW_AND_OLD_IMAGES";
  serverSideEncryption?: { enabled: boolean; kmsKeyArn?: string };
  pointInTimeRecovery?: { enabled: boolean; recoveryPeriodInDays?: number };
  ttl?: { attributeName?: string; enabled?: boolean };
  deletionProtectionEnabled?: boolean;
  tableClass?: "STANDARD" | "STANDARD_INFREQUENT_ACCESS";
  tags?: Record<string, string>;
}

function keySchema(hashKey: string, rangeKey: string | undefined): KeySchemaElement[] {
  const hash: KeySchemaElement = { AttributeName: hashKey, KeyType: "HASH" };
  return rangeKey ? [hash, { AttributeName: rangeKey, KeyType: "RANGE" }] : [hash];
}

function index(inputs: TableInputs, { name, hashKey, rangeKey, projectionType, nonKeyAttributes }: Index) {
  return {
    IndexName: name,
    KeySchema: keySchema(hashKey ?? inputs.hashKey, rangeKey),
    Projection: { ProjectionType: projectionType, NonKeyAttributes: nonKeyAttributes },
  };
}

/** What has calls of its own: recovery to a point in time, and the time to live. */
async function afterwards(name: string, inputs: TableInputs, { clients }: HandlerContext): Promise<void> {
  const { pointInTimeRecovery: recovery, ttl } = inputs;
  if (recovery) {
    await clients.dynamodb.send(
      new UpdateContinuousBackupsCommand({
        TableName: name,
        PointInTimeRecoverySpecification: {
          PointInTimeRecoveryEnabled: recovery.enabled,
          RecoveryPeriodInDays: recovery.recoveryPeriodInDays,
        },
      }),
    );
  }
  if (ttl?.attributeName) {
    await clients.dynamodb.send(
      new UpdateTimeToLiveCommand({
        TableName: name,
        TimeToLiveSpecification: { AttributeName: ttl.attributeName, Enabled: ttl.enabled ?? true },
      }),
    );
  }
}

function outputs(name: string, { partition, region, accountId }: HandlerContext): Properties {
  return { name, arn: `arn:${partition}:dynamodb:${region}:${accountId}:table/${name}` };
}

const table = handler<TableInputs>({
  replaceOnChanges: [
    "name",
    "hashKey",
    "rangeKey",
    "localSecondaryIndexes",
    // In place on AWS.
    "attributes",
    "billingMode",
    "globalSecondaryIndexes",
    "readCapacity",
    "serverSideEncryption",
    "streamEnabled",
    "streamViewType",
    "tableClass",
    "writeCapacity",
  ],
  async create(inputs, ctx) {
    const name = inputs.name ?? ctx.physicalName(255);
    const provisioned = (inputs.billingMode ?? "PROVISIONED") === "PROVISIONED";
    const throughput = (source: { readCapacity?: number; writeCapacity?: number }) =>
      provisioned
        ? { ReadCapacityUnits: source.readCapacity ?? 1, WriteCapacityUnits: source.writeCapacity ?? 1 }
        : undefined;
    const { TableDescription } = await ctx.clients.dynamodb.send(
      new CreateTableCommand({
        TableName: name,
        AttributeDefinitions: inputs.attributes?.map(
          (attribute): AttributeDefinition => ({ AttributeName: attribute.name, AttributeType: attribute.type }),
        ),
        KeySchema: keySchema(inputs.hashKey, inputs.rangeKey),
        BillingMode: provisioned ? "PROVISIONED" : "PAY_PER_REQUEST",
        ProvisionedThroughput: throughput(inputs),
        GlobalSecondaryIndexes: inputs.globalSecondaryIndexes?.map((gsi) => ({
          ...index(inputs, gsi),
          ProvisionedThroughput: throughput(gsi),
        })),
        LocalSecondaryIndexes: inputs.localSecondaryIndexes?.map((lsi) => index(inputs, lsi)),
        StreamSpecification: inputs.streamEnabled
          ? { StreamEnabled: true, StreamViewType: inputs.streamViewType }
          : undefined,
        SSESpecification: inputs.serverSideEncryption?.enabled
          ? { Enabled: true, SSEType: "KMS", KMSMasterKeyId: inputs.serverSideEncryption.kmsKeyArn }
          : undefined,
        DeletionProtectionEnabled: inputs.deletionProtectionEnabled,
        TableClass: inputs.tableClass,
        Tags: tagList(inputs.tags),
      }),
    );
    await afterwards(name, inputs, ctx);
    return { id: name, outputs: { ...outputs(name, ctx), streamArn: TableDescription?.LatestStreamArn ?? "" } };
  },
  async update(id, olds, news, ctx) {
    await ctx.clients.dynamodb.send(
      new UpdateTableCommand({ TableName: id, DeletionProtectionEnabled: news.deletionProtectionEnabled ?? false }),
    );
    await afterwards(id, news, ctx);
    return { id, outputs: { ...outputs(id, ctx), streamArn: olds.streamArn } };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.dynamodb.send(new DeleteTableCommand({ TableName: id })));
  },
});

/** DynamoDB tables. */
export const dynamodb: ServiceHandlers = { types: { "aws:dynamodb/table:Table": table } };

import { gunzipSync } from "node:zlib";
import {
  GetNamedQueryCommand,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  GetWorkGroupCommand,
  StartQueryExecutionCommand,
} from "@aws-sdk/client-athena";
import { DescribeSubscriptionFiltersCommand, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeDeliveryStreamCommand } from "@aws-sdk/client-firehose";
import {
  GetDatabaseCommand,
  GetJobCommand,
  GetSecurityConfigurationCommand,
  GetTableCommand,
} from "@aws-sdk/client-glue";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulated, outcome, startEmulated } from "../helpers/emulated.ts";

let emulated: Emulated;
beforeAll(async () => {
  emulated = await startEmulated();
}, 180_000);
afterAll(() => emulated.sandbox.close());

const LOCATION = "s3://events/clean/";
const TABLE = {
  databaseName: "calls",
  name: "events",
  tableType: "EXTERNAL_TABLE",
  parameters: { "projection.enabled": "true", classification: "json" },
  partitionKeys: [{ name: "day", type: "string" }],
  storageDescriptor: {
    location: LOCATION,
    columns: [{ name: "id", type: "string", comment: "Its own" }],
    serDeInfo: { serializationLibrary: "org.openx.data.jsonserde.JsonSerDe", parameters: { a: "b" } },
  },
};

describe("Glue", () => {
  test("a database and a table are made, changed and deleted", async () => {
    const { glue } = emulated.sandbox.clients;
    const database = await emulated.create("aws:glue/catalogDatabase:CatalogDatabase", { name: "calls" });
    expect([database.id, database.outputs.arn]).toEqual([
      "123456789012:calls",
      "arn:aws:glue:us-east-1:123456789012:database/calls",
    ]);
    await database.update({ name: "calls", description: "of APIs" });
    const read = await glue.send(new GetDatabaseCommand({ Name: "calls" }));
    expect(read.Database).toMatchObject({ Name: "calls", Description: "of APIs" });
    const table = await emulated.create("aws:glue/catalogTable:CatalogTable", TABLE);
    expect(table.id).toBe("123456789012:calls:events");
    await table.update({ ...TABLE, description: "each call" });
    const named = new GetTableCommand({ DatabaseName: "calls", Name: "events" });
    const { Table } = await glue.send(named);
    expect(Table).toMatchObject({
      Description: "each call",
      Parameters: TABLE.parameters,
      PartitionKeys: [{ Name: "day", Type: "string" }],
      StorageDescriptor: {
        Location: LOCATION,
        Columns: [{ Name: "id", Type: "string", Comment: "Its own" }],
        SerdeInfo: { SerializationLibrary: "org.openx.data.jsonserde.JsonSerDe", Parameters: { a: "b" } },
      },
    });
    await table.delete();
    await table.delete();
    expect(await outcome(glue.send(named))).toBe("EntityNotFoundException");
    await database.delete();
    await database.delete();
  });

  test("a job has its code, its arguments and how it is encrypted", async () => {
    const { glue } = emulated.sandbox.clients;
    const encryptionConfiguration = {
      s3Encryption: { s3EncryptionMode: "SSE-KMS", kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/a" },
      cloudwatchEncryption: {
        cloudwatchEncryptionMode: "SSE-KMS",
        kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/a",
      },
      jobBookmarksEncryption: { jobBookmarksEncryptionMode: "DISABLED" },
    };
    const security = await emulated.create("aws:glue/securityConfiguration:SecurityConfiguration", {
      encryptionConfiguration,
    });
    const kept = await glue.send(new GetSecurityConfigurationCommand({ Name: security.id }));
    expect(kept.SecurityConfiguration?.EncryptionConfiguration).toMatchObject({
      S3Encryption: [{ S3EncryptionMode: "SSE-KMS", KmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/a" }],
      CloudWatchEncryption: { CloudWatchEncryptionMode: "SSE-KMS" },
    });
    const inputs = {
      name: "clean",
      roleArn: "arn:aws:iam::123456789012:role/clean",
      glueVersion: "5.1",
      workerType: "G.1X",
      numberOfWorkers: 2,
      command: { name: "glueetl", scriptLocation: "s3://code/job.py", pythonVersion: "3" },
      defaultArguments: { "--sources": "{}" },
      securityConfiguration: security.id,
    };
    const job = await emulated.create("aws:glue/job:Job", inputs);
    await job.update({ ...inputs, numberOfWorkers: 4 });
    const { Job } = await glue.send(new GetJobCommand({ JobName: "clean" }));
    expect(Job).toMatchObject({
      Role: inputs.roleArn,
      GlueVersion: "5.1",
      NumberOfWorkers: 4,
      Command: { Name: "glueetl", ScriptLocation: "s3://code/job.py" },
      DefaultArguments: { "--sources": "{}" },
      SecurityConfiguration: security.id,
    });
    await job.delete();
    await security.delete();
    expect(await outcome(glue.send(new GetJobCommand({ JobName: "clean" })))).toBe("EntityNotFoundException");
  });
});

describe("Athena", () => {
  test("a workgroup has its settings, and a query of it runs over a table's files", async () => {
    const { athena, s3 } = emulated.sandbox.clients;
    await emulated.create("aws:s3/bucket:Bucket", { bucket: "events" });
    const inputs = {
      name: "asked",
      configuration: {
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: 10_737_418_240,
        resultConfiguration: {
          outputLocation: "s3://events/results/",
          encryptionConfiguration: { encryptionOption: "SSE_S3" },
        },
      },
    };
    const workgroup = await emulated.create("aws:athena/workgroup:Workgroup", inputs);
    expect(workgroup.outputs.arn).toBe("arn:aws:athena:us-east-1:123456789012:workgroup/asked");
    await workgroup.update({ ...inputs, description: "asked often" });
    const { WorkGroup } = await athena.send(new GetWorkGroupCommand({ WorkGroup: "asked" }));
    expect(WorkGroup).toMatchObject({
      Description: "asked often",
      Configuration: {
        EnforceWorkGroupConfiguration: true,
        BytesScannedCutoffPerQuery: 10_737_418_240,
        ResultConfiguration: { OutputLocation: "s3://events/results/" },
      },
    });
    const query = await emulated.create("aws:athena/namedQuery:NamedQuery", {
      name: "how-many",
      database: "calls",
      query: "SELECT count(*) FROM events",
      workgroup: "asked",
    });
    const { NamedQuery } = await athena.send(new GetNamedQueryCommand({ NamedQueryId: query.id }));
    expect(NamedQuery).toMatchObject({ Name: "how-many", QueryString: "SELECT count(*) FROM events" });

    await emulated.create("aws:glue/catalogDatabase:CatalogDatabase", { name: "calls" });
    await emulated.create("aws:glue/catalogTable:CatalogTable", { ...TABLE, partitionKeys: [] });
    await s3.send(new PutObjectCommand({ Bucket: "events", Key: "clean/a.json", Body: '{"id":"1"}\n{"id":"2"}\n' }));
    const { QueryExecutionId } = await athena.send(
      new StartQueryExecutionCommand({
        QueryString: NamedQuery?.QueryString,
        WorkGroup: "asked",
        QueryExecutionContext: { Database: "calls" },
      }),
    );
    let state: string | undefined;
    for (let tries = 0; tries < 100 && !/SUCCEEDED|FAILED/.test(state ?? ""); tries += 1) {
      const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
      state = QueryExecution?.Status?.State;
      await new Promise((done) => setTimeout(done, 100));
    }
    expect(state).toBe("SUCCEEDED");
    const { ResultSet } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId }));
    expect(ResultSet?.Rows?.at(-1)?.Data).toEqual([{ VarCharValue: "2" }]);
    await query.delete();
    await workgroup.delete();
    await workgroup.delete();
  });
});

describe("Firehose", () => {
  test("what a log group is told lies in S3, a record a line, with the ids of its events", async () => {
    const { firehose, logs, s3 } = emulated.sandbox.clients;
    await emulated.create("aws:s3/bucket:Bucket", { bucket: "raw" });
    const stream = await emulated.create("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", {
      destination: "extended_s3",
      name: "access",
      serverSideEncryption: { enabled: true, keyType: "AWS_OWNED_CMK" },
      extendedS3Configuration: {
        bucketArn: "arn:aws:s3:::raw",
        roleArn: "arn:aws:iam::123456789012:role/writes",
        prefix: "raw/source=api-access/day=!{timestamp:yyyy-MM-dd}/",
        errorOutputPrefix: "errors/!{firehose:error-output-type}/",
        bufferingSize: 64,
        bufferingInterval: 300,
        compressionFormat: "GZIP",
        kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/a",
        processingConfiguration: { enabled: true, processors: [{ type: "Decompression" }] },
      },
    });
    expect(stream.id).toBe("arn:aws:firehose:us-east-1:123456789012:deliverystream/access");
    const described = await firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName: "access" }));
    expect(described.DeliveryStreamDescription?.Destinations?.[0]?.ExtendedS3DestinationDescription).toMatchObject({
      BucketARN: "arn:aws:s3:::raw",
      CompressionFormat: "GZIP",
      BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 300 },
    });
    await emulated.create("aws:cloudwatch/logGroup:LogGroup", { name: "/api/access" });
    const log = await emulated.create("aws:cloudwatch/logStream:LogStream", {
      logGroupName: "/api/access",
      name: "one",
    });
    expect(log.outputs.arn).toBe("arn:aws:logs:us-east-1:123456789012:log-group:/api/access:log-stream:one");
    const filter = await emulated.create("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", {
      name: "all",
      logGroup: "/api/access",
      filterPattern: "never",
      destinationArn: stream.id,
      roleArn: "arn:aws:iam::123456789012:role/sends",
    });
    await filter.update({ logGroup: "/api/access", filterPattern: "", destinationArn: stream.id });
    const found = await logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName: "/api/access" }));
    expect(found.subscriptionFilters).toMatchObject([
      { filterName: "all", filterPattern: "", destinationArn: stream.id },
    ]);

    const timestamp = Date.now();
    const logEvents = ['{"requestId":"a"}', '{"requestId":"b"}'].map((message) => ({ timestamp, message }));
    await logs.send(new PutLogEventsCommand({ logGroupName: "/api/access", logStreamName: "one", logEvents }));
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "raw" }));
    expect(Contents.map(({ Key }) => Key)).toEqual([
      expect.stringMatching(/^raw\/source=api-access\/day=\d{4}-\d\d-\d\d\/access-1-.*\.gz$/),
    ]);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: "raw", Key: Contents[0]?.Key }));
    const lines = gunzipSync((await Body?.transformToByteArray()) as Uint8Array)
      .toString()
      .split("\n");
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0] as string)).toEqual({
      messageType: "DATA_MESSAGE",
      owner: "123456789012",
      logGroup: "/api/access",
      logStream: "one",
      subscriptionFilters: ["all"],
      logEvents: logEvents.map((event) => ({ ...event, id: expect.stringMatching(/^[0-9a-f]{32}$/) })),
    });

    await filter.delete();
    await log.delete();
    await stream.delete();
    await stream.delete();
    const gone = firehose.send(new DescribeDeliveryStreamCommand({ DeliveryStreamName: "access" }));
    expect(await outcome(gone)).toBe("ResourceNotFoundException");
  });
});

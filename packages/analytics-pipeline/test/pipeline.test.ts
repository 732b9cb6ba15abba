import { expectNamesPrefixed, expectPartitionSafe, recordStack, resolved } from "@palisade/testing";
import { describe, expect, test } from "vitest";
import { AnalyticsPipeline } from "../src/index.ts";
import { namedQueries, pythonModules, tableSchema } from "../src/schema.ts";
import { KEY, LEAST, record, STAGE, statementsOf, TOPIC, TRAIL_KEY } from "./support.ts";

const COMPONENT = "palisade:index:AnalyticsPipeline";
const STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const JOB = "aws:glue/job:Job";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const TRIGGER = "aws:glue/trigger:Trigger";

describe("a pipeline", () => {
  test("names its children after itself, writes no partition down, and registers its outputs", async () => {
    const recording = await record(STAGE);
    expectNamesPrefixed(recording, recording.one(COMPONENT));
    const { workgroupName, tableName, databaseName, sourceLocations, ...rest } = recording.result;
    expect(await resolved(workgroupName)).toBe(`${await resolved(rest.jobName)}`.replace("-clean", ""));
    expect(await resolved(tableName)).toBe("events");
    expect(await resolved(databaseName)).toMatch(/^[a-z0-9_]+$/);
    const raw = await resolved(rest.rawBucketName);
    expect(await resolved(sourceLocations)).toEqual({
      cloudtrail: "s3://trail-bucket/AWSLogs/",
      "api-access": `s3://${raw}/raw/source=api-access/`,
      waf: `s3://${raw}/raw/source=waf/`,
      "database-audit": `s3://${raw}/raw/source=database-audit/`,
    });
    const { kmsKeyArn: _key, alarmTopicArn: _topic, existingTrail: _trail, ...own } = STAGE;
    expectPartitionSafe(await record(own, { place: { partition: "aws-cn", region: "cn-north-1" } }));
  });

  test("costs nothing while nobody calls: no key, no alarm, no secret, no instance", async () => {
    const types = (await record({ ...LEAST, schedule: "none" })).types();
    const priced = /kms|metricAlarm|secretsmanager|redshift|sagemaker|quicksight|Endpoint|scheduler/;
    expect(Object.keys(types).filter((type) => priced.test(type))).toEqual([]);
    expect(types[TRIGGER]).toBe(1);
  });

  test("makes the way into the raw bucket only for what is named", async () => {
    expect((await record(STAGE)).count(STREAM)).toBe(3);
    expect((await record()).count(STREAM)).toBe(1);
    const trailOnly = await record({ existingTrail: { bucketName: "trail" } });
    expect([trailOnly.count(STREAM), trailOnly.count("aws:cloudwatch/logStream:LogStream")]).toEqual([0, 0]);
  });
});

describe("a log's way", () => {
  test("is encrypted, keeps what fails, and writes a record a line under its source and day", async () => {
    const recording = await record(STAGE);
    const { inputs } = recording.one(STREAM, "calls-waf-delivery");
    expect(inputs.serverSideEncryption).toEqual({ enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: KEY });
    expect(inputs.extendedS3Configuration).toEqual({
      bucketArn: recording.one("aws:s3/bucket:Bucket", "calls-raw").outputs.arn,
      roleArn: recording.one("aws:iam/role:Role", "calls-waf-delivery-role").outputs.arn,
      prefix: "raw/source=waf/day=!{timestamp:yyyy-MM-dd}/",
      errorOutputPrefix: "errors/source=waf/!{firehose:error-output-type}/day=!{timestamp:yyyy-MM-dd}/",
      bufferingSize: 64,
      bufferingInterval: 300,
      compressionFormat: "GZIP",
      kmsKeyArn: KEY,
      cloudwatchLoggingOptions: {
        enabled: true,
        logGroupName: recording.one("aws:cloudwatch/logGroup:LogGroup", "calls-delivery-log").outputs.name,
        logStreamName: "waf",
      },
      processingConfiguration: {
        enabled: true,
        processors: [
          { type: "Decompression", parameters: [{ parameterName: "CompressionFormat", parameterValue: "GZIP" }] },
          { type: "AppendDelimiterToRecord" },
        ],
      },
    });
    const filter = recording.one(
      "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
      "calls-waf-subscription",
    );
    expect(filter.inputs).toEqual({
      logGroup: "aws-waf-logs-edge",
      filterPattern: "",
      destinationArn: recording.one(STREAM, "calls-waf-delivery").outputs.arn,
      roleArn: recording.one("aws:iam/role:Role", "calls-waf-subscription-role").outputs.arn,
    });
    expect((await record()).one(STREAM).inputs.serverSideEncryption).toEqual({
      enabled: true,
      keyType: "AWS_OWNED_CMK",
    });
  });

  test("writes with a role of its own, under its source's folders, and no other key than S3's use of it", async () => {
    const recording = await record(STAGE);
    const raw = recording.one("aws:s3/bucket:Bucket", "calls-raw").outputs.arn;
    const statements = statementsOf(recording, "calls-waf-delivery-policy");
    expect(Object.keys(statements)).toEqual(["LookAtBucket", "WriteRecords", "EncryptRecords", "WriteErrors"]);
    expect(statements.WriteRecords?.Resource).toEqual([`${raw}/raw/source=waf/*`, `${raw}/errors/source=waf/*`]);
    expect(statements.EncryptRecords).toMatchObject({
      Resource: [KEY],
      Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
    });
    const trust = JSON.parse(
      String(recording.one("aws:iam/role:Role", "calls-waf-delivery-role").inputs.assumeRolePolicy),
    );
    expect(trust.Statement[0].Condition).toEqual({ StringEquals: { "aws:SourceAccount": "111122223333" } });
    const sender = JSON.parse(
      String(recording.one("aws:iam/role:Role", "calls-waf-subscription-role").inputs.assumeRolePolicy),
    );
    expect(sender.Statement[0].Condition).toEqual({
      ArnLike: { "aws:SourceArn": "arn:aws:logs:eu-central-1:111122223333:*" },
    });
  });

  test("raises an alarm before records are lost", async () => {
    const recording = await record(STAGE);
    expect(recording.one(ALARM, "calls-waf-undelivered").inputs).toMatchObject({
      namespace: "AWS/Firehose",
      metricName: "DeliveryToS3.DataFreshness",
      dimensions: { DeliveryStreamName: recording.one(STREAM, "calls-waf-delivery").outputs.name },
      threshold: 3600,
      alarmActions: [TOPIC],
    });
    expect(recording.one(ALARM, "calls-job-failed").inputs).toMatchObject({
      namespace: "Glue",
      metricName: "glue.error.ALL",
      dimensions: { JobName: recording.one(JOB).outputs.name, JobRunId: "ALL" },
      threshold: 0,
      alarmActions: [TOPIC],
    });
  });
});

describe("the job", () => {
  test("is the newest Glue of Spark 3.5, scales by itself, ends, and is told where everything is", async () => {
    const recording = await record({
      ...STAGE,
      pseudonymSecretArn: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:p",
    });
    const bucket = (role: string) => recording.one("aws:s3/bucket:Bucket", `calls-${role}`).id;
    const { inputs } = recording.one(JOB);
    const { defaultArguments, ...rest } = inputs;
    expect(rest).toMatchObject({
      glueVersion: "5.1",
      workerType: "G.1X",
      numberOfWorkers: 4,
      timeout: 60,
      maxRetries: 0,
      executionProperty: { maxConcurrentRuns: 1 },
      jobRunQueuingEnabled: true,
      securityConfiguration: recording.one("aws:glue/securityConfiguration:SecurityConfiguration").outputs.name,
      command: { name: "glueetl", pythonVersion: "3", scriptLocation: `s3://${bucket("job")}/job/glue_job.py` },
    });
    const { "--sources": sources, ...told } = defaultArguments as Record<string, string>;
    expect(JSON.parse(String(sources))).toEqual(await resolved(recording.result.sourceLocations));
    expect(told).toEqual({
      "--job-language": "python",
      "--enable-auto-scaling": "true",
      "--enable-metrics": "true",
      "--enable-observability-metrics": "true",
      "--conf": "spark.sql.session.timeZone=UTC",
      "--custom-logGroup-prefix": expect.stringMatching(/^\/palisade\/.*-calls-job$/),
      "--extra-py-files": `s3://${bucket("job")}/job/palisade_etl.zip`,
      "--job-bookmark-option": "job-bookmark-disable",
      "--clean": `s3://${bucket("clean")}/`,
      "--quarantine": `s3://${bucket("raw")}/`,
      "--state": `s3://${bucket("job")}/`,
      "--quarantine_share_limit": "0.2",
      "--hash_key_secret": "arn:aws:secretsmanager:eu-central-1:111122223333:secret:p",
    });
    expect(statementsOf(recording, "calls-job-policy").ReadPseudonymKey?.Action).toEqual([
      "secretsmanager:GetSecretValue",
    ]);
  });

  test("encrypts all that it writes with the stage's key, and without one its files with S3's", async () => {
    const configuration = async (args = LEAST) =>
      (await record(args)).one("aws:glue/securityConfiguration:SecurityConfiguration").inputs.encryptionConfiguration;
    expect(await configuration(STAGE)).toEqual({
      s3Encryption: { s3EncryptionMode: "SSE-KMS", kmsKeyArn: KEY },
      cloudwatchEncryption: { cloudwatchEncryptionMode: "SSE-KMS", kmsKeyArn: KEY },
      jobBookmarksEncryption: { jobBookmarksEncryptionMode: "CSE-KMS", kmsKeyArn: KEY },
    });
    expect(await configuration()).toEqual({
      s3Encryption: { s3EncryptionMode: "SSE-S3" },
      cloudwatchEncryption: { cloudwatchEncryptionMode: "DISABLED" },
      jobBookmarksEncryption: { jobBookmarksEncryptionMode: "DISABLED" },
    });
  });

  test("reads the sources, writes clean, quarantine and state, and can change neither its code nor a raw record", async () => {
    const recording = await record(STAGE);
    const arn = (role: string) => recording.one("aws:s3/bucket:Bucket", `calls-${role}`).outputs.arn;
    const statements = statementsOf(recording, "calls-job-policy");
    expect(statements.ReadRaw).toMatchObject({
      Action: ["s3:GetObject"],
      Resource: [
        "arn:aws:s3:::trail-bucket/AWSLogs/*",
        ...["api-access", "waf", "database-audit"].map((source) => `${arn("raw")}/raw/source=${source}/*`),
      ],
    });
    expect(statements.Write?.Resource).toEqual([
      `${arn("clean")}/clean/*`,
      `${arn("raw")}/quarantine/*`,
      `${arn("job")}/runs/*`,
      `${arn("job")}/staging/*`,
    ]);
    expect(statements.ReadTrail).toMatchObject({ Action: ["kms:Decrypt"], Resource: [TRAIL_KEY] });
    const writers = Object.values(statements).filter(({ Action }) =>
      Action.some((action) => /Put|Delete/.test(action)),
    );
    expect(writers.map(({ Sid }) => Sid)).toEqual(["Write", "WriteLogs", "Count"]);
    expect(Object.keys(statementsOf(await record(), "calls-job-policy"))).not.toContain("UseKey");
  });

  test("is shipped as it lies in the package, with the table's schema beside the modules", async () => {
    const modules = pythonModules("job", "palisade_etl").map(({ path }) => path);
    expect(modules).toContain("palisade_etl/sources/cloudtrail.py");
    expect(modules.filter((path) => !/\.(py|json)$/.test(path))).toEqual([]);
    const recording = await record();
    expect(recording.one("aws:s3/bucketObjectv2:BucketObjectv2", "calls-job-modules").inputs.key).toBe(
      "job/palisade_etl.zip",
    );
  });
});

describe("what starts the job", () => {
  test("new files in batches, told by a role that can do nothing else; and the schedule", async () => {
    const recording = await record(STAGE);
    const { inputs } = recording.one("aws:cloudwatch/eventRule:EventRule");
    const raw = recording.one("aws:s3/bucket:Bucket", "calls-raw").id;
    const file = (name: unknown, prefix: string) => ({
      detail: { bucket: { name: [name] }, object: { key: [{ prefix }] } },
    });
    expect(JSON.parse(String(inputs.eventPattern))).toEqual({
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      $or: [
        file("trail-bucket", "AWSLogs/"),
        ...["api-access", "waf", "database-audit"].map((source) => file(raw, `raw/source=${source}/`)),
      ],
    });
    const workflow = recording.one("aws:glue/workflow:Workflow").outputs.name;
    const arn = `arn:aws:glue:eu-central-1:111122223333:workflow/${workflow}`;
    expect(recording.one("aws:cloudwatch/eventTarget:EventTarget").inputs.arn).toBe(arn);
    expect(statementsOf(recording, "calls-new-files-policy")).toEqual({
      Notify: { Sid: "Notify", Effect: "Allow", Action: ["glue:notifyEvent"], Resource: [arn] },
    });
    expect(recording.one(TRIGGER, "calls-on-events").inputs).toMatchObject({
      type: "EVENT",
      workflowName: workflow,
      eventBatchingConditions: [{ batchSize: 100, batchWindow: 900 }],
      actions: [{ jobName: recording.one(JOB).outputs.name }],
    });
    expect(recording.one(TRIGGER, "calls-schedule").inputs).toMatchObject({
      type: "SCHEDULED",
      schedule: "cron(30 0 * * ? *)",
      startOnCreation: true,
    });
    expect(recording.one("aws:s3/bucketNotification:BucketNotification").inputs).toEqual({
      bucket: raw,
      eventbridge: true,
    });
  });

  test("one of them alone, where it is said", async () => {
    const scheduled = await record({ ...LEAST, startOnEvents: false, schedule: "cron(10 * * * ? *)" });
    expect(scheduled.all(TRIGGER).map(({ name }) => name)).toEqual(["calls-schedule"]);
    expect(scheduled.count("aws:s3/bucketNotification:BucketNotification")).toBe(0);
    const byEvents = await record({ ...LEAST, schedule: "none", eventBatchSize: 5, eventWindowSeconds: 60 });
    expect(byEvents.all(TRIGGER).map(({ inputs }) => inputs.eventBatchingConditions)).toEqual([
      [{ batchSize: 5, batchWindow: 60 }],
    ]);
  });
});

describe("the table", () => {
  test("has the job's columns, and its partitions are computed for as long as events are kept", async () => {
    const recording = await record({ ...STAGE, cleanRetentionDays: 60 });
    const { inputs } = recording.one("aws:glue/catalogTable:CatalogTable");
    const location = `s3://${recording.one("aws:s3/bucket:Bucket", "calls-clean").id}/clean/events/`;
    const schema = tableSchema();
    expect(inputs.partitionKeys).toEqual(schema.partitions);
    expect(inputs.storageDescriptor).toMatchObject({ location, columns: schema.columns });
    expect(schema.partitions.map(({ name }) => name)).toEqual(["source", "day"]);
    expect(inputs.parameters).toEqual({
      EXTERNAL: "TRUE",
      classification: "parquet",
      "projection.enabled": "true",
      "projection.source.type": "enum",
      "projection.source.values": "cloudtrail,api-access,waf,database-audit",
      "projection.day.type": "date",
      "projection.day.format": "yyyy-MM-dd",
      "projection.day.range": "NOW-60DAYS,NOW+1DAYS",
      "projection.day.interval": "1",
      "projection.day.interval.unit": "DAYS",
      "storage.location.template": `${location}source=\${source}/day=\${day}/`,
    });
    const lifecycle = recording.one(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "calls-clean-lifecycle",
    );
    expect(lifecycle.inputs.rules).toMatchObject([{ expiration: { days: 60 } }]);
  });

  test("has rules of data quality, which may be one's own", async () => {
    const ruleset = async (dataQualityRules?: string) =>
      (await record({ ...LEAST, dataQualityRules })).one("aws:glue/dataQualityRuleset:DataQualityRuleset").inputs
        .ruleset;
    expect(await ruleset()).toBe(
      [
        "Rules = [",
        "  RowCount > 0,",
        '  IsComplete "event_id",',
        '  IsComplete "event_time",',
        '  Uniqueness "event_id" > 0.99,',
        '  ColumnValues "source" in [ "cloudtrail", "api-access", "waf", "database-audit" ],',
        '  ColumnDataType "event_time" = "Timestamp"',
        "]",
      ].join("\n"),
    );
    expect(await ruleset("Rules = [ RowCount > 5 ]")).toBe("Rules = [ RowCount > 5 ]");
  });

  test("is granted by Lake Formation to the readers alone, where it decides", async () => {
    const reader = "arn:aws:iam::111122223333:role/analysts";
    const recording = await record({ ...STAGE, lakeFormation: { readerArns: [reader] } });
    expect(recording.one("aws:glue/catalogDatabase:CatalogDatabase").inputs.createTableDefaultPermissions).toEqual([
      { permissions: [], principal: {} },
    ]);
    const table = recording.one("aws:glue/catalogTable:CatalogTable");
    expect(recording.one("aws:lakeformation/permissions:Permissions").inputs).toEqual({
      principal: reader,
      permissions: ["SELECT", "DESCRIBE"],
      table: { databaseName: table.inputs.databaseName, name: "events" },
    });
    expect(recording.one("aws:lakeformation/resource:Resource").inputs).toMatchObject({
      arn: `${recording.one("aws:s3/bucket:Bucket", "calls-clean").outputs.arn}/clean/events`,
      useServiceLinkedRole: false,
      hybridAccessEnabled: false,
    });
    expect(Object.keys(statementsOf(recording, "calls-lake-policy"))).toEqual(["ReadFiles", "ListFiles", "ReadKey"]);
    const sids = recording.result.readerStatements().map(({ sid }) => sid);
    expect(sids).toContain("LakeFormation");
    expect(sids).not.toContain("ReadEvents");
    const keyless = await record({ ...LEAST, lakeFormation: { readerArns: [] } });
    expect(Object.keys(statementsOf(keyless, "calls-lake-policy"))).toEqual(["ReadFiles", "ListFiles"]);
  });

  test("lies in a catalog that is encrypted only on purpose, and stays so", async () => {
    const SETTINGS = "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings";
    expect((await record(STAGE)).count(SETTINGS)).toBe(0);
    const recording = await record({ ...STAGE, encryptAccountCatalog: "this stack alone has tables here" });
    expect(recording.one(SETTINGS).inputs.dataCatalogEncryptionSettings).toEqual({
      encryptionAtRest: { catalogEncryptionMode: "SSE-KMS", sseAwsKmsKeyId: KEY },
      connectionPasswordEncryption: { returnConnectionPasswordEncrypted: true, awsKmsKeyId: KEY },
    });
  });
});

describe("the workgroup", () => {
  test("encrypts, enforces, counts and limits, and its results expire", async () => {
    const recording = await record({ ...STAGE, scanLimitGibibytes: 2, resultRetentionDays: 3 });
    const results = recording.one("aws:s3/bucket:Bucket", "calls-results").id;
    expect(recording.one("aws:athena/workgroup:Workgroup").inputs).toMatchObject({
      forceDestroy: false,
      configuration: {
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: 2 * 1024 ** 3,
        requesterPaysEnabled: false,
        resultConfiguration: {
          outputLocation: `s3://${results}/results/`,
          expectedBucketOwner: "111122223333",
          encryptionConfiguration: { encryptionOption: "SSE_KMS", kmsKeyArn: KEY },
        },
      },
    });
    const lifecycle = recording.one(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "calls-results-lifecycle",
    );
    expect(lifecycle.inputs.rules).toMatchObject([{ expiration: { days: 3 } }]);
    expect((await record()).one("aws:athena/workgroup:Workgroup").inputs.configuration).toMatchObject({
      resultConfiguration: { encryptionConfiguration: { encryptionOption: "SSE_S3" } },
    });
  });

  test("has every query of the package under its title", async () => {
    const recording = await record();
    const queries = namedQueries();
    expect(queries.length).toBeGreaterThanOrEqual(6);
    expect(
      recording
        .all("aws:athena/namedQuery:NamedQuery")
        .map(({ inputs }) => [inputs.name, inputs.description, inputs.query]),
    ).toEqual(queries.map(({ key, title, sql }) => [key, title, sql]));
    for (const { sql } of queries) expect(sql).not.toMatch(/\$\{|\{\{|<[a-z_]+>/);
    expect(() => namedQueries(`${import.meta.dirname}/untitled`)).toThrow(
      `${import.meta.dirname}/untitled/one.sql: the first line must be "-- <title>"`,
    );
  });

  test("lets a reader ask, read the table and keep results, and nothing else", async () => {
    const recording = await record(STAGE);
    const statements = await resolved(recording.result.readerStatements());
    expect(statements.map(({ sid }) => sid)).toEqual([
      "Ask",
      "KnowTable",
      "ReadEvents",
      "ListEvents",
      "KeepResults",
      "FindResults",
      "UseKey",
    ]);
    expect(
      statements.flatMap(({ actions }) => actions).filter((action) => /Delete|Update|Create/.test(action)),
    ).toEqual([]);
    expect(statements[0]?.resources).toEqual([recording.one("aws:athena/workgroup:Workgroup").outputs.arn]);
    const keyless = await resolved((await record()).result.readerStatements());
    expect(keyless.map(({ sid }) => sid)).not.toContain("UseKey");
  });
});

describe("the buckets", () => {
  test("are private, versioned, over TLS only, logged, and stay unless a reason says otherwise", async () => {
    const recording = await record(STAGE);
    const roles = ["access-logs", "raw", "clean", "results", "job"];
    expect(recording.all("aws:s3/bucket:Bucket").map(({ name }) => name)).toEqual(roles.map((role) => `calls-${role}`));
    expect(recording.count("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock")).toBe(5);
    expect(recording.count("aws:s3/bucketLogging:BucketLogging")).toBe(4);
    for (const { inputs } of recording.all("aws:s3/bucketPolicy:BucketPolicy")) {
      expect(String(inputs.policy)).toContain('"aws:SecureTransport":"false"');
    }
    for (const { inputs } of recording.all("aws:s3/bucket:Bucket")) {
      expect(inputs.forceDestroy).not.toBe(true);
      expect(inputs.tags).not.toHaveProperty("palisade:lowered:deletion-protection");
    }
    const lowered = await record({ ...LEAST, allowDeletion: "a stage of made-up data" });
    for (const { inputs } of lowered.all("aws:s3/bucket:Bucket")) {
      expect(inputs).toMatchObject({
        forceDestroy: true,
        tags: { "palisade:lowered:deletion-protection": "a stage of made-up data" },
      });
    }
    expect(lowered.one("aws:athena/workgroup:Workgroup").inputs.forceDestroy).toBe(true);
  });
});

test("a trail of its own records every region, encrypted, validated, locked and in a log group", async () => {
  const recording = await record({
    ownTrail: true,
    kmsKeyArn: KEY,
    permissionsBoundaryArn: "arn:aws:iam::111122223333:policy/b",
  });
  const files = recording.one("aws:s3/bucket:Bucket", "calls-trail");
  const trail = recording.one("aws:cloudtrail/trail:Trail");
  expect(trail.inputs).toMatchObject({
    s3BucketName: files.id,
    kmsKeyId: KEY,
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    enableLogFileValidation: true,
    cloudWatchLogsRoleArn: recording.one("aws:iam/role:Role", "calls-trail-log-role").outputs.arn,
  });
  const { Statement } = JSON.parse(
    String(recording.one("aws:s3/bucketPolicy:BucketPolicy", "calls-trail-policy").inputs.policy),
  );
  const arn = `arn:aws:cloudtrail:eu-central-1:111122223333:trail/${trail.inputs.name}`;
  expect(Statement[1]).toMatchObject({
    Sid: "TrailWrites",
    Resource: `${files.outputs.arn}/AWSLogs/111122223333/*`,
    Condition: { StringEquals: { "aws:SourceArn": arn } },
  });
  expect(recording.one("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration").inputs.rule).toEqual({
    defaultRetention: { mode: "GOVERNANCE", days: 399 },
  });
  expect(await resolved(recording.result.sourceLocations)).toEqual({ cloudtrail: `s3://${files.id}/AWSLogs/` });
  expect(recording.all("aws:s3/bucketNotification:BucketNotification").map(({ name }) => name)).toEqual([
    "calls-raw-notification",
    "calls-trail-notification",
  ]);
  for (const { inputs } of recording.all("aws:iam/role:Role")) {
    expect(inputs.permissionsBoundary).toBe("arn:aws:iam::111122223333:policy/b");
  }
  const scheduled = await record({
    ownTrail: true,
    kmsKeyArn: KEY,
    startOnEvents: false,
    allowDeletion: "a stage of made-up data",
  });
  expect(scheduled.count("aws:s3/bucketNotification:BucketNotification")).toBe(0);
  expect(scheduled.count("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration")).toBe(0);
});

test("what another program knows of a pipeline that was never made is nothing", async () => {
  const recording = await recordStack(() => new AnalyticsPipeline("calls", LEAST));
  const bare = Object.create(AnalyticsPipeline.prototype) as AnalyticsPipeline;
  expect(bare.readerStatements()).toEqual([]);
  expect(recording.result.readerStatements()).toHaveLength(6);
});

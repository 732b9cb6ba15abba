import { expectNamesPrefixed, expectPartitionSafe, type Recording, recordStack, rejection } from "@palisade/testing";
import { describe, expect, test } from "vitest";
import { AuditTrail, type AuditTrailArgs, DataEvents, LockMode } from "../../src/index.ts";
import { BENCHMARK } from "../../src/trail/benchmark.ts";

const TRAIL = "aws:cloudtrail/trail:Trail";
const KEY = "aws:kms/key:Key";
const BUCKET = "aws:s3/bucket:Bucket";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const LOCK = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const COMPONENT = "palisade:index:AuditTrail";

const TRAIL_ARN = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/project-stack-audit";
const TOPIC = "arn:aws:sns:eu-central-1:111122223333:findings";
const GIVEN_KEY = "arn:aws:kms:eu-central-1:111122223333:key/given";
const REASON = "the account's buckets hold public files only";

const record = (args?: AuditTrailArgs) => recordStack(() => new AuditTrail("audit", args));
const statements = (recording: Recording<unknown>, type: string, name: string) =>
  (JSON.parse(recording.one(type, name).inputs.policy as string) as { Statement: Record<string, unknown>[] }).Statement;

describe("a trail", () => {
  test("has these resources and no others", async () => {
    const least = {
      [TRAIL]: 1,
      [KEY]: 1,
      [BUCKET]: 2,
      [POLICY]: 2,
      [LOCK]: 1,
      [LIFECYCLE]: 2,
      [ENCRYPTION]: 2,
      "aws:s3/bucketLogging:BucketLogging": 1,
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls": 2,
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 2,
      "aws:s3/bucketVersioning:BucketVersioning": 2,
      [LOG_GROUP]: 1,
      [ROLE]: 1,
      [ROLE_POLICY]: 1,
      [FILTER]: 14,
      [COMPONENT]: 1,
    };
    expect((await record()).types()).toEqual(least);
    const { [KEY]: _key, ...adopted } = least;
    expect((await record({ kmsKeyArn: GIVEN_KEY, alarmTopicArn: TOPIC })).types()).toEqual({ ...adopted, [ALARM]: 14 });
  });

  test("names its children after itself, and no partition", async () => {
    const recording = await record();
    expectNamesPrefixed(recording, recording.one(COMPONENT));
    const place = { partition: "aws-cn", region: "cn-north-1" };
    expectPartitionSafe(await recordStack(() => new AuditTrail("audit"), { place }));
  });

  test("records every region, validated and encrypted, into its bucket and its log group", async () => {
    const recording = await record();
    const { advancedEventSelectors, ...inputs } = recording.one(TRAIL, "audit-trail").inputs;
    expect(inputs).toEqual({
      name: "project-stack-audit",
      s3BucketName: recording.one(BUCKET, "audit-logs").id,
      kmsKeyId: recording.one(KEY, "audit-key").outputs.arn,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      isOrganizationTrail: false,
      cloudWatchLogsGroupArn: `${recording.one(LOG_GROUP, "audit-log-group").outputs.arn}:*`,
      cloudWatchLogsRoleArn: recording.one(ROLE, "audit-log-role").outputs.arn,
      tags: { "palisade:component": "AuditTrail", "palisade:name": "audit" },
    });
    const own = ["audit-logs", "audit-access-logs"].map((name) => `${recording.one(BUCKET, name).outputs.arn}/`);
    expect(advancedEventSelectors).toEqual([
      { name: "Management events", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
      {
        name: "Data events AWS::S3::Object",
        fieldSelectors: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: ["AWS::S3::Object"] },
          { field: "resources.ARN", notStartsWiths: own },
        ],
      },
      ...["AWS::Lambda::Function", "AWS::DynamoDB::Table", "AWS::RDS::DBCluster"].map((type) => ({
        name: `Data events ${type}`,
        fieldSelectors: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: [type] },
        ],
      })),
    ]);
  });

  test("waits for what CloudTrail needs before it delivers", async () => {
    const recording = await record();
    expect(recording.one(TRAIL, "audit-trail").options.dependsOn).toEqual(
      expect.arrayContaining([
        recording.one(POLICY, "audit-logs-policy").urn,
        recording.one(POLICY, "audit-access-logs-policy").urn,
        recording.one(ROLE_POLICY, "audit-log-policy").urn,
      ]),
    );
  });

  test("keeps its buckets and its key when the stack is destroyed", async () => {
    const recording = await record();
    const of = (option: "protect" | "retainOnDelete") =>
      recording.resources.filter(({ options }) => options[option]).map(({ name }) => name);
    expect(of("protect").sort()).toEqual(["audit-access-logs", "audit-key", "audit-logs"]);
    // And all that protects a bucket: its policy, its lock, its encryption, and that it is private.
    const buckets = recording.resources.filter(({ type }) => type.startsWith("aws:s3/")).map(({ name }) => name);
    expect(buckets).toHaveLength(16);
    expect(of("retainOnDelete").sort()).toEqual(["audit-key", ...buckets].sort());
  });

  test("lets nobody delete a log file for a year, and deletes it after seven", async () => {
    const recording = await record();
    expect(recording.one(BUCKET, "audit-logs").inputs.objectLockEnabled).toBe(true);
    expect(recording.one(LOCK, "audit-logs-lock").inputs).toMatchObject({
      rule: { defaultRetention: { mode: "GOVERNANCE", days: 365 } },
    });
    expect(recording.one(LIFECYCLE, "audit-logs-lifecycle").inputs.rules).toEqual([
      {
        id: "keep",
        status: "Enabled",
        filter: { prefix: "" },
        expiration: { days: 2557 },
        noncurrentVersionExpiration: { noncurrentDays: 2557 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        transitions: [{ days: 90, storageClass: "GLACIER_IR" }],
      },
    ]);
    const longer = await record({ lockMode: LockMode.Compliance, lockDays: 3653 });
    expect(longer.one(LOCK, "audit-logs-lock").inputs).toMatchObject({
      rule: { defaultRetention: { mode: "COMPLIANCE", days: 3653 } },
    });
    expect(longer.one(LIFECYCLE, "audit-logs-lifecycle").inputs.rules).toMatchObject([{ expiration: { days: 3654 } }]);
  });

  test("opens its bucket to this trail alone, over TLS", async () => {
    const recording = await record();
    const bucket = recording.one(BUCKET, "audit-logs").outputs.arn as string;
    const service = { Service: "cloudtrail.amazonaws.com" };
    const Condition = { StringEquals: { "aws:SourceArn": TRAIL_ARN } };
    expect(statements(recording, POLICY, "audit-logs-policy")).toEqual([
      {
        Sid: "TrailLooksAtBucket",
        Effect: "Allow",
        Principal: service,
        Action: "s3:GetBucketAcl",
        Resource: bucket,
        Condition,
      },
      {
        Sid: "TrailWrites",
        Effect: "Allow",
        Principal: service,
        Action: "s3:PutObject",
        Resource: [`${bucket}/AWSLogs/111122223333/*`],
        Condition,
      },
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucket, `${bucket}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
    for (const role of ["logs", "access-logs"]) {
      expect(
        recording.one("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", `audit-${role}-public-access`).inputs,
      ).toMatchObject({
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
      expect(
        recording.one("aws:s3/bucketVersioning:BucketVersioning", `audit-${role}-versioning`).inputs,
      ).toMatchObject({
        versioningConfiguration: { status: "Enabled" },
      });
    }
  });

  test("logs who reads its log files, into a bucket that S3 alone writes to", async () => {
    const recording = await record();
    const logs = recording.one(BUCKET, "audit-logs");
    const accessLogs = recording.one(BUCKET, "audit-access-logs");
    expect(recording.one("aws:s3/bucketLogging:BucketLogging", "audit-logs-logging").inputs).toEqual({
      bucket: logs.id,
      targetBucket: accessLogs.id,
      targetPrefix: "trail/",
    });
    expect(statements(recording, POLICY, "audit-access-logs-policy")[0]).toMatchObject({
      Principal: { Service: "logging.s3.amazonaws.com" },
      Condition: {
        StringEquals: { "aws:SourceAccount": "111122223333" },
        ArnLike: { "aws:SourceArn": logs.outputs.arn },
      },
    });
    expect(recording.one(ENCRYPTION, "audit-access-logs-encryption").inputs.rules).toMatchObject([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
    expect(recording.one(ENCRYPTION, "audit-logs-encryption").inputs.rules).toMatchObject([
      {
        applyServerSideEncryptionByDefault: {
          sseAlgorithm: "aws:kms",
          kmsMasterKeyId: recording.one(KEY, "audit-key").outputs.arn,
        },
        bucketKeyEnabled: true,
      },
    ]);
  });

  test("has a key that this trail and this region's log groups may encrypt with", async () => {
    const recording = await record();
    expect(recording.one(KEY, "audit-key").inputs.enableKeyRotation).toBe(true);
    const [account, trail, logs] = statements(recording, KEY, "audit-key");
    expect(account).toMatchObject({ Principal: { AWS: "arn:aws:iam::111122223333:root" } });
    expect(trail).toMatchObject({
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceArn": TRAIL_ARN } },
    });
    expect(logs).toMatchObject({
      Principal: { Service: "logs.eu-central-1.amazonaws.com" },
      Condition: {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-central-1:111122223333:log-group:*" },
      },
    });
    expect(recording.one(LOG_GROUP, "audit-log-group").inputs).toMatchObject({
      kmsKeyId: recording.one(KEY, "audit-key").outputs.arn,
      retentionInDays: 365,
    });
  });

  test("lets CloudTrail write to its log group on behalf of this trail alone", async () => {
    const recording = await record();
    const trust = JSON.parse(recording.one(ROLE, "audit-log-role").inputs.assumeRolePolicy as string) as unknown;
    expect(trust).toMatchObject({
      Statement: [
        {
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": "111122223333" },
            ArnLike: { "aws:SourceArn": TRAIL_ARN },
          },
        },
      ],
    });
    expect(statements(recording, ROLE_POLICY, "audit-log-policy")).toMatchObject([
      {
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: [`${recording.one(LOG_GROUP, "audit-log-group").outputs.arn}:log-stream:*`],
      },
    ]);
  });

  test("records an organization, and lets its accounts' files in", async () => {
    const recording = await record({ organizationId: "o-a1b2c3d4e5" });
    expect(recording.one(TRAIL, "audit-trail").inputs.isOrganizationTrail).toBe(true);
    const bucket = recording.one(BUCKET, "audit-logs").outputs.arn as string;
    expect(statements(recording, POLICY, "audit-logs-policy")[1]?.Resource).toEqual([
      `${bucket}/AWSLogs/111122223333/*`,
      `${bucket}/AWSLogs/o-a1b2c3d4e5/*`,
    ]);
  });

  test("leaves data events out for a reason, which is a tag", async () => {
    const recording = await record({ dataEvents: [DataEvents.RdsDataApi], declinedDataEvents: REASON });
    const { advancedEventSelectors, tags } = recording.one(TRAIL, "audit-trail").inputs;
    expect((advancedEventSelectors as { name: string }[]).map(({ name }) => name)).toEqual([
      "Management events",
      "Data events AWS::RDS::DBCluster",
    ]);
    expect(tags).toMatchObject({
      "palisade:lowered:trail-data-events": "the account s buckets hold public files only",
    });
  });
});

describe("the CIS benchmark", () => {
  test("is watched whole: CloudWatch.1 to .14 of Security Hub", () => {
    expect(Object.values(BENCHMARK).map(({ control }) => control)).toEqual(
      Array.from({ length: 14 }, (_, index) => `CloudWatch.${index + 1}`),
    );
  });

  test.each(Object.entries(BENCHMARK))(
    "%s has a metric and an alarm",
    async (role, { control, pattern, description, threshold = 1 }) => {
      const recording = await record({ alarmTopicArn: TOPIC });
      expect(recording.one(FILTER, `audit-${role}`).inputs).toEqual({
        logGroupName: recording.one(LOG_GROUP, "audit-log-group").outputs.name,
        pattern,
        metricTransformation: { name: `audit-${role}`, namespace: "Palisade/AuditTrail", value: "1" },
      });
      expect(recording.one(ALARM, `audit-${role}-alarm`).inputs).toMatchObject({
        alarmDescription: `${description} (Security Hub ${control})`,
        metricName: `audit-${role}`,
        namespace: "Palisade/AuditTrail",
        statistic: "Sum",
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        threshold,
        alarmActions: [TOPIC],
      });
    },
  );

  test("has patterns as long as CloudWatch Logs takes, with brackets that match", () => {
    // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html: 1,024 characters
    for (const { pattern } of Object.values(BENCHMARK)) {
      expect(pattern.length).toBeLessThanOrEqual(1024);
      expect(pattern).toMatch(/^\{.*\}$/);
      expect(pattern.split("(")).toHaveLength(pattern.split(")").length);
    }
  });
});

const ARGUMENTS = 'AuditTrail "audit":';
test.each<[AuditTrailArgs, string]>([
  [
    { dataEvents: [] },
    `${ARGUMENTS} declinedDataEvents is not set; allowed: a written reason of at least 10 characters; to fix it, say why the floor is lowered here; it becomes a tag that the policy pack reports`,
  ],
  [
    { declinedDataEvents: REASON },
    `${ARGUMENTS} declinedDataEvents is "${REASON}"; allowed: nothing, because dataEvents leaves none out; to fix it, remove declinedDataEvents`,
  ],
  [
    { dataEvents: [...Object.values(DataEvents), "ALL" as DataEvents] },
    `${ARGUMENTS} dataEvents[4] is "ALL"; allowed: S3_OBJECTS, LAMBDA_INVOCATIONS, DYNAMODB_ITEMS, RDS_DATA_API; to fix it, set dataEvents[4] to one of them`,
  ],
  [
    { organizationId: "ours" },
    `${ARGUMENTS} organizationId is "ours"; allowed: an id such as "o-a1b2c3d4e5"; to fix it, copy it from AWS Organizations`,
  ],
  [
    { lockDays: 0 },
    `${ARGUMENTS} lockDays is 0; allowed: a whole number from 1 to 36500; to fix it, set lockDays to one`,
  ],
  [
    { lockDays: 400, expirationDays: 400 },
    `${ARGUMENTS} expirationDays is 400; allowed: a whole number from 401 to 36501; to fix it, set expirationDays to one`,
  ],
  [
    { lockMode: "NONE" as LockMode },
    `${ARGUMENTS} lockMode is "NONE"; allowed: GOVERNANCE, COMPLIANCE; to fix it, set lockMode to one of them`,
  ],
  [
    { logRetentionDays: 2 },
    `${ARGUMENTS} logRetentionDays is 2; allowed: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653; to fix it, set logRetentionDays to one of them`,
  ],
])("refuses %j before anything is made", async (args, sentence) => {
  expect((await rejection(() => record(args))).message).toBe(sentence);
});

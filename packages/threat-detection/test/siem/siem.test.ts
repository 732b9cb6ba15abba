import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expectNamesPrefixed, expectPartitionSafe, type Recording, recordStack, rejection } from "@palisade/testing";
import { describe, expect, test } from "vitest";
import { type SiemArgs, SiemEngine } from "../../src/siem/args.ts";
import { Siem } from "../../src/siem/siem.ts";

const COMPONENT = "palisade:index:Siem";
const COLLECTION = "aws:opensearch/serverlessCollection:ServerlessCollection";
const SECURITY = "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy";
const ACCESS = "aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy";
const LIFECYCLE = "aws:opensearch/serverlessLifecyclePolicy:ServerlessLifecyclePolicy";
const ENDPOINT = "aws:opensearch/serverlessVpcEndpoint:ServerlessVpcEndpoint";
const DOMAIN = "aws:opensearch/domain:Domain";
const STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";
const KEY = "aws:kms/key:Key";
const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const FILTER = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter";
const INVOCATION = "aws:lambda/invocation:Invocation";
const QUEUE = "aws:sqs/queue:Queue";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";

const TOPIC = "arn:aws:sns:eu-central-1:111122223333:findings";
const GIVEN_KEY = "arn:aws:kms:eu-central-1:111122223333:key/given";
const READER = "arn:aws:iam::111122223333:role/analyst";
const REASON = "the account has no VPC, and analysts come by single sign-on";
const NETWORK = { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2", "subnet-3"], securityGroupIds: ["sg-1"] };

const fn = (name: string) => ({
  functionName: name,
  functionArn: `arn:aws:lambda:eu-central-1:111122223333:function:${name}:live`,
  qualifier: "live",
  roleName: `${name}-role`,
  roleArn: `arn:aws:iam::111122223333:role/${name}-role`,
  logGroupName: `/aws/lambda/${name}`,
});
const FUNCTIONS = { transform: fn("ocsf"), setup: fn("siem-setup") };

const OUTPUTS = {
  [COLLECTION]: () => ({
    arn: "arn:aws:aoss:eu-central-1:111122223333:collection/abc",
    collectionEndpoint: "https://abc.eu-central-1.aoss.amazonaws.com",
  }),
  [DOMAIN]: () => ({
    arn: "arn:aws:es:eu-central-1:111122223333:domain/project-stack-siem",
    endpoint: "vpc-project-stack-siem.eu-central-1.es.amazonaws.com",
  }),
  [INVOCATION]: () => ({ result: '{"requests":2,"dashboards":"imported"}' }),
};
const run = (args: Partial<SiemArgs>, options = {}) =>
  recordStack(() => new Siem("siem", { ...FUNCTIONS, ...args }), { outputs: OUTPUTS, ...options });
const plain = { [SiemEngine.Serverless]: undefined, [SiemEngine.Domain]: undefined } as Record<
  SiemEngine,
  ReturnType<typeof run> | undefined
>;
/** The recording of the defaults, in a network: the same for every test, which only read it. */
const byDefault = (engine: SiemEngine) => (plain[engine] ??= run({ engine, network: NETWORK }));
const record = (args?: Partial<SiemArgs>, options?: object) =>
  args === undefined ? byDefault(SiemEngine.Serverless) : run(args, options);
const domain = (args?: Partial<SiemArgs>) =>
  args === undefined ? byDefault(SiemEngine.Domain) : run({ engine: SiemEngine.Domain, network: NETWORK, ...args });

interface Statement {
  Sid: string;
  Action: string[];
  Resource: string[];
  [key: string]: unknown;
}
function statements(recording: Recording<unknown>, name: string, type = POLICY): Record<string, Statement> {
  const { policy } = recording.one(type, name).inputs;
  const { Statement } = JSON.parse(String(policy)) as { Statement: Statement[] };
  return Object.fromEntries(Statement.map((statement) => [statement.Sid, statement]));
}
const json = (recording: Recording<unknown>, type: string, name: string) =>
  JSON.parse(String(recording.one(type, name).inputs.policy)) as unknown;

const BUCKETS = {
  "aws:s3/bucket:Bucket": 2,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": 2,
  "aws:s3/bucketLogging:BucketLogging": 1,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": 2,
  "aws:s3/bucketPolicy:BucketPolicy": 2,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 2,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": 2,
  "aws:s3/bucketVersioning:BucketVersioning": 2,
};
const COMMON = {
  ...BUCKETS,
  [COMPONENT]: 1,
  [KEY]: 1,
  [ROLE]: 2,
  [POLICY]: 4,
  [STREAM]: 1,
  [INVOCATION]: 1,
  [QUEUE]: 1,
  "aws:sqs/queuePolicy:QueuePolicy": 1,
  [TARGET]: 1,
  "aws:cloudwatch/eventRule:EventRule": 1,
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": 1,
  "aws:cloudwatch/logStream:LogStream": 2,
};

describe("a Siem", () => {
  test("has these resources and no others", async () => {
    const serverless = {
      ...COMMON,
      [COLLECTION]: 1,
      [SECURITY]: 2,
      [ACCESS]: 1,
      [LIFECYCLE]: 1,
      [ENDPOINT]: 1,
      [LOG_GROUP]: 1,
    };
    expect((await record()).types()).toEqual(serverless);
    const { [ENDPOINT]: _endpoint, ...open } = serverless;
    expect((await record({ allowPublicEndpoint: REASON })).types()).toEqual(open);
    const ofDomain = {
      ...COMMON,
      [DOMAIN]: 1,
      [LOG_GROUP]: 5,
      "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": 1,
    };
    expect((await domain()).types()).toEqual(ofDomain);
    const all = { logGroups: { trail: "trail", edge: "edge" }, alarmTopicArn: TOPIC, kmsKeyArn: GIVEN_KEY };
    const { [KEY]: _key, ...adopted } = ofDomain;
    expect((await domain(all)).types()).toEqual({ ...adopted, [ROLE]: 3, [POLICY]: 5, [FILTER]: 2, [ALARM]: 9 });
    expect((await record({ network: NETWORK, alarmTopicArn: TOPIC, findings: false })).types()).toMatchObject({
      [ALARM]: 4,
    });
  });

  test("names its children after itself, and no partition", async () => {
    const place = { partition: "aws-cn", region: "cn-north-1" };
    const args = { logGroups: { trail: "trail" }, alarmTopicArn: TOPIC.replace("arn:aws:", "arn:aws-cn:") };
    const functions = Object.fromEntries(
      Object.entries(FUNCTIONS).map(([key, one]) => [
        key,
        {
          ...one,
          functionArn: one.functionArn.replace("arn:aws:", "arn:aws-cn:"),
          roleArn: one.roleArn.replace("arn:aws:", "arn:aws-cn:"),
        },
      ]),
    );
    for (const engine of Object.values(SiemEngine)) {
      const recording = await record({ ...functions, ...args, engine, network: NETWORK }, { place, outputs: {} });
      expectNamesPrefixed(recording, recording.one(COMPONENT));
      expectPartitionSafe(recording);
    }
  });

  test("outputs where it is searched and what its parts are", async () => {
    const { result } = await record();
    const { resolved } = await import("@palisade/testing");
    expect(await resolved(result.dashboardsUrl)).toBe("https://abc.eu-central-1.aoss.amazonaws.com/_dashboards");
    expect(await resolved(result.streamName)).toBe("project-stack-siem");
    expect(await resolved(result.setupResult)).toBe('{"requests":2,"dashboards":"imported"}');
    expect(await resolved((await domain()).result.endpoint)).toBe(
      "https://vpc-project-stack-siem.eu-central-1.es.amazonaws.com",
    );
  });
});

describe("a collection", () => {
  test("is encrypted with the customer's key, and reached from the network alone", async () => {
    const recording = await record();
    expect(recording.one(COLLECTION, "siem-collection").inputs).toEqual({
      name: "project-stack-siem",
      type: "TIMESERIES",
      description: "Events of OCSF",
      standbyReplicas: "ENABLED",
      tags: { "palisade:component": "Siem", "palisade:name": "siem" },
    });
    const own = ["collection/project-stack-siem"];
    expect(json(recording, SECURITY, "siem-encryption")).toEqual({
      Rules: [{ ResourceType: "collection", Resource: own }],
      AWSOwnedKey: false,
      KmsARN: recording.one(KEY, "siem-key").outputs.arn,
    });
    const endpoint = recording.one(ENDPOINT, "siem-endpoint");
    expect(endpoint.inputs).toEqual({ name: "project-stack-siem", ...NETWORK });
    expect(json(recording, SECURITY, "siem-network")).toEqual([
      {
        Rules: [
          { ResourceType: "collection", Resource: own },
          { ResourceType: "dashboard", Resource: own },
        ],
        AllowFromPublic: false,
        SourceVPCEs: [endpoint.id],
      },
    ]);
    // The key cannot be chosen afterwards.
    expect(recording.one(COLLECTION).options.dependsOn).toEqual([recording.one(SECURITY, "siem-encryption").urn]);
  });

  test("is on the internet only with a reason, which becomes a tag", async () => {
    const recording = await record({ allowPublicEndpoint: REASON });
    expect(json(recording, SECURITY, "siem-network")).toEqual([expect.objectContaining({ AllowFromPublic: true })]);
    expect(json(recording, SECURITY, "siem-network")).not.toEqual([
      expect.objectContaining({ SourceVPCEs: expect.anything() }),
    ]);
    expect(recording.one(COLLECTION).inputs.tags).toMatchObject({
      "palisade:lowered:siem-public-endpoint": REASON.replace(",", ""),
    });
    expect(recording.one(STREAM).inputs.opensearchserverlessConfiguration).not.toHaveProperty("vpcConfig");
  });

  test("lets the stream write events and nothing else, and nobody read who is not named", async () => {
    const rules = async (args: Partial<SiemArgs>) =>
      json(await record({ network: NETWORK, ...args }), ACCESS, "siem-access") as {
        Principal: string[];
        Rules: unknown[];
      }[];
    const [stream, setup, ...others] = await rules({});
    const events = ["index/project-stack-siem/palisade-ocsf*"];
    expect(stream).toMatchObject({
      Rules: [
        {
          ResourceType: "index",
          Resource: events,
          Permission: ["aoss:CreateIndex", "aoss:DescribeIndex", "aoss:UpdateIndex", "aoss:WriteDocument"],
        },
      ],
      Principal: [expect.stringMatching(/:role\/.*siem-stream-role/)],
    });
    expect(setup?.Principal).toEqual([FUNCTIONS.setup.roleArn]);
    expect(others).toEqual([]);
    const [, , readers] = await rules({ readerRoleArns: [READER] });
    expect(readers).toMatchObject({
      Rules: [
        { ResourceType: "collection", Permission: ["aoss:DescribeCollectionItems"] },
        { ResourceType: "index", Permission: ["aoss:DescribeIndex", "aoss:ReadDocument"] },
      ],
      Principal: [READER],
    });
  });

  test("forgets events after 90 days, or as it is told", async () => {
    const rule = async (args: Partial<SiemArgs>) =>
      json(await record({ network: NETWORK, ...args }), LIFECYCLE, "siem-retention");
    const expected = (MinIndexRetention: string) => ({
      Rules: [{ ResourceType: "index", Resource: ["index/project-stack-siem/palisade-ocsf*"], MinIndexRetention }],
    });
    expect(await rule({})).toEqual(expected("90d"));
    expect(await rule({ retentionDays: 365 })).toEqual(expected("365d"));
  });

  test("has no standby only with a reason", async () => {
    const recording = await record({ network: NETWORK, allowFewNodes: "a stage for tests" });
    expect(recording.one(COLLECTION).inputs).toMatchObject({
      standbyReplicas: "DISABLED",
      tags: { "palisade:lowered:siem-availability": "a stage for tests" },
    });
  });
});

describe("a domain", () => {
  test("has every control of Security Hub's for OpenSearch", async () => {
    const recording = await domain();
    const { accessPolicies, logPublishingOptions, ...inputs } = recording.one(DOMAIN, "siem-domain").inputs;
    expect(inputs).toEqual({
      domainName: "project-stack-siem",
      engineVersion: "OpenSearch_2.19",
      clusterConfig: {
        instanceType: "m7g.medium.search",
        instanceCount: 3,
        dedicatedMasterEnabled: true,
        dedicatedMasterCount: 3,
        dedicatedMasterType: "m7g.medium.search",
        zoneAwarenessEnabled: true,
        zoneAwarenessConfig: { availabilityZoneCount: 3 },
      },
      ebsOptions: { ebsEnabled: true, volumeType: "gp3", volumeSize: 20 },
      encryptAtRest: { enabled: true, kmsKeyId: recording.one(KEY).outputs.arn },
      nodeToNodeEncryption: { enabled: true },
      domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
      advancedSecurityOptions: {
        enabled: true,
        internalUserDatabaseEnabled: false,
        masterUserOptions: { masterUserArn: FUNCTIONS.setup.roleArn },
      },
      vpcOptions: { subnetIds: NETWORK.subnetIds, securityGroupIds: NETWORK.securityGroupIds },
      softwareUpdateOptions: { autoSoftwareUpdateEnabled: true },
      offPeakWindowOptions: { enabled: true },
      tags: { "palisade:component": "Siem", "palisade:name": "siem" },
    });
    const logs = ["audit-log", "error-log", "index-slow-log", "search-slow-log"];
    const types = ["AUDIT_LOGS", "ES_APPLICATION_LOGS", "INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS"];
    expect(logPublishingOptions).toEqual(
      logs.map((role, index) => ({
        logType: types[index],
        cloudwatchLogGroupArn: recording.one(LOG_GROUP, `siem-${role}`).outputs.arn,
        enabled: true,
      })),
    );
    expect(String(accessPolicies)).not.toContain('"*"');
    for (const { inputs: group } of recording.all(LOG_GROUP)) {
      expect(group).toMatchObject({ retentionInDays: 365, kmsKeyId: recording.one(KEY).outputs.arn });
    }
    // CloudWatch Logs refuses to write for a domain that it does not know.
    expect(recording.one(DOMAIN).options.dependsOn).toContain(
      recording.one("aws:cloudwatch/logResourcePolicy:LogResourcePolicy").urn,
    );
  });

  test("listens to the roles that are named and to nobody else", async () => {
    const recording = await domain({ readerRoleArns: [READER] });
    const { Statement } = JSON.parse(String(recording.one(DOMAIN).inputs.accessPolicies)) as { Statement: unknown[] };
    expect(Statement).toEqual([
      {
        Sid: "NamedRoles",
        Effect: "Allow",
        Principal: { AWS: [recording.one(ROLE, "siem-stream-role").outputs.arn, FUNCTIONS.setup.roleArn, READER] },
        Action: ["es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPost", "es:ESHttpPut", "es:ESHttpDelete"],
        Resource: "arn:aws:es:eu-central-1:111122223333:domain/project-stack-siem/*",
      },
    ]);
    const policy = recording.one("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "siem-log-policy").inputs;
    expect(JSON.parse(String(policy.policyDocument)).Statement[0].Condition).toEqual({
      StringEquals: { "aws:SourceAccount": "111122223333" },
      ArnLike: { "aws:SourceArn": "arn:aws:es:eu-central-1:111122223333:domain/project-stack-siem" },
    });
  });

  test.each([
    [1, { zoneAwarenessEnabled: false }],
    [2, { zoneAwarenessEnabled: true, zoneAwarenessConfig: { availabilityZoneCount: 2 } }],
    [6, { zoneAwarenessEnabled: true, zoneAwarenessConfig: { availabilityZoneCount: 3 } }],
  ])("of %i nodes, with a reason, has no dedicated primary nodes", async (instanceCount, zones) => {
    const recording = await domain({
      instanceCount,
      instanceType: "t3.small.search",
      volumeGigabytes: 10,
      allowFewNodes: "a stage for tests",
    });
    expect(recording.one(DOMAIN).inputs.clusterConfig).toEqual({
      instanceType: "t3.small.search",
      instanceCount,
      dedicatedMasterEnabled: false,
      ...zones,
    });
    expect(recording.one(DOMAIN).inputs.tags).toMatchObject({
      "palisade:lowered:siem-availability": "a stage for tests",
    });
  });

  test("of few nodes has one unless it is told", async () => {
    const recording = await domain({ allowFewNodes: "a stage for tests" });
    expect(recording.one(DOMAIN).inputs.clusterConfig).toMatchObject({ instanceCount: 1 });
  });
});

describe("the stream", () => {
  test("is encrypted, tries for an hour, and keeps what it cannot map or deliver", async () => {
    const recording = await record();
    const key = recording.one(KEY).outputs.arn;
    const { opensearchserverlessConfiguration, ...inputs } = recording.one(STREAM, "siem-stream").inputs;
    expect(inputs).toEqual({
      name: "project-stack-siem",
      destination: "opensearchserverless",
      serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: key },
      tags: { "palisade:component": "Siem", "palisade:name": "siem" },
    });
    const roleArn = recording.one(ROLE, "siem-stream-role").outputs.arn;
    const log = (logStreamName: string) => ({
      enabled: true,
      logGroupName: recording.one(LOG_GROUP, "siem-delivery-log").outputs.name,
      logStreamName,
    });
    expect(opensearchserverlessConfiguration).toEqual({
      collectionEndpoint: "https://abc.eu-central-1.aoss.amazonaws.com",
      indexName: "palisade-ocsf",
      roleArn,
      bufferingInterval: 60,
      bufferingSize: 5,
      retryDuration: 3600,
      s3BackupMode: "FailedDocumentsOnly",
      s3Configuration: {
        roleArn,
        bucketArn: recording.one("aws:s3/bucket:Bucket", "siem-failed").outputs.arn,
        prefix: "undelivered/!{timestamp:yyyy/MM/dd}/",
        errorOutputPrefix: "failed/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
        compressionFormat: "GZIP",
        kmsKeyArn: key,
        cloudwatchLoggingOptions: log("backup"),
      },
      cloudwatchLoggingOptions: log("delivery"),
      processingConfiguration: {
        enabled: true,
        processors: [
          {
            type: "Lambda",
            parameters: [
              { parameterName: "LambdaArn", parameterValue: FUNCTIONS.transform.functionArn },
              { parameterName: "BufferSizeInMBs", parameterValue: "1" },
              { parameterName: "BufferIntervalInSeconds", parameterValue: "60" },
              { parameterName: "NumberOfRetries", parameterValue: "3" },
            ],
          },
        ],
      },
      vpcConfig: { roleArn, subnetIds: NETWORK.subnetIds, securityGroupIds: NETWORK.securityGroupIds },
    });
  });

  test("to a domain begins an index each day", async () => {
    const inputs = (await domain()).one(STREAM).inputs;
    expect(inputs.destination).toBe("opensearch");
    expect(inputs.opensearchConfiguration).toMatchObject({
      domainArn: "arn:aws:es:eu-central-1:111122223333:domain/project-stack-siem",
      indexName: "palisade-ocsf",
      indexRotationPeriod: "OneDay",
      s3BackupMode: "FailedDocumentsOnly",
    });
    expect(inputs).not.toHaveProperty("opensearchserverlessConfiguration");
  });

  test("waits until the server is set up: the first event would decide what its fields are", async () => {
    const recording = await record();
    expect(recording.one(STREAM).options.dependsOn).toEqual(
      expect.arrayContaining([
        recording.one(INVOCATION, "siem-setup").urn,
        recording.one(POLICY, "siem-stream-policy").urn,
        recording.one(ACCESS, "siem-access").urn,
        recording.one("aws:s3/bucketPolicy:BucketPolicy", "siem-failed-policy").urn,
      ]),
    );
  });

  test("may write to its own server, its own bucket and its own log, and call its own function", async () => {
    const recording = await record({ allowPublicEndpoint: REASON });
    const bucket = recording.one("aws:s3/bucket:Bucket", "siem-failed").outputs.arn;
    const log = recording.one(LOG_GROUP, "siem-delivery-log").outputs.arn;
    const granted = statements(recording, "siem-stream-policy");
    const resources = Object.fromEntries(Object.entries(granted).map(([sid, { Resource }]) => [sid, Resource]));
    expect(resources).toEqual({
      WriteEvents: ["arn:aws:aoss:eu-central-1:111122223333:collection/abc"],
      LookAtBucket: [bucket],
      PutAside: [`${bucket}/*`],
      UseKey: [recording.one(KEY).outputs.arn],
      WriteErrors: [`${log}:log-stream:delivery`, `${log}:log-stream:backup`],
      Transform: [FUNCTIONS.transform.functionArn],
    });
    const inNetwork = statements(await domain(), "siem-stream-policy");
    expect(Object.keys(inNetwork)).toEqual(expect.arrayContaining(["LookAtDomain", "LookAtNetwork", "ReachNetwork"]));
    expect(inNetwork.WriteEvents).toMatchObject({
      Action: ["es:ESHttpGet", "es:ESHttpPost", "es:ESHttpPut"],
      Resource: ["arn:aws:es:eu-central-1:111122223333:domain/project-stack-siem/*"],
    });
    expect(
      JSON.parse(String(recording.one(ROLE, "siem-stream-role").inputs.assumeRolePolicy)).Statement[0],
    ).toMatchObject({
      Principal: { Service: "firehose.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    });
  });

  test("keeps failed records for a year, encrypted, behind TLS", async () => {
    const recording = await record();
    const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    const rules = recording.one(lifecycle, "siem-failed-lifecycle").inputs.rules as { expiration: { days: number } }[];
    expect(rules[0]?.expiration).toEqual({ days: 365 });
    const encryption = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
    expect(JSON.stringify(recording.one(encryption, "siem-failed-encryption").inputs)).toContain(
      recording.one(KEY).outputs.arn,
    );
    const policy = json(recording, "aws:s3/bucketPolicy:BucketPolicy", "siem-failed-policy");
    expect(JSON.stringify(policy)).toContain('"aws:SecureTransport":"false"');
  });
});

describe("the sources", () => {
  test("each log group is subscribed with all its events", async () => {
    const recording = await record({ network: NETWORK, logGroups: { trail: "trail-log", edge: "aws-waf-logs-edge" } });
    const role = recording.one(ROLE, "siem-subscription-role");
    const stream = recording.one(STREAM).outputs.arn;
    expect(recording.one(FILTER, "siem-subscription-trail").inputs).toEqual({
      logGroup: "trail-log",
      filterPattern: "",
      destinationArn: stream,
      roleArn: role.outputs.arn,
    });
    expect(recording.one(FILTER, "siem-subscription-edge").inputs.logGroup).toBe("aws-waf-logs-edge");
    expect(statements(recording, "siem-subscription-policy")).toEqual({
      HandOn: {
        Sid: "HandOn",
        Effect: "Allow",
        Action: ["firehose:PutRecord", "firehose:PutRecordBatch"],
        Resource: [stream],
      },
    });
    expect(JSON.parse(String(role.inputs.assumeRolePolicy)).Statement[0]).toMatchObject({
      Principal: { Service: "logs.amazonaws.com" },
      Condition: { ArnLike: { "aws:SourceArn": "arn:aws:logs:eu-central-1:111122223333:*" } },
    });
  });

  test("every finding is handed on, and put aside when that fails for a day", async () => {
    const recording = await record();
    const rule = recording.one("aws:cloudwatch/eventRule:EventRule", "siem-findings");
    expect(JSON.parse(String(rule.inputs.eventPattern))).toEqual({
      source: ["aws.guardduty"],
      "detail-type": ["GuardDuty Finding"],
    });
    const queue = recording.one(QUEUE, "siem-dead-letters");
    expect(recording.one(TARGET, "siem-findings-target").inputs).toEqual({
      rule: rule.outputs.name,
      arn: recording.one(STREAM).outputs.arn,
      roleArn: recording.one(ROLE, "siem-findings-role").outputs.arn,
      deadLetterConfig: { arn: queue.outputs.arn },
      retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
    });
    expect(queue.inputs).toMatchObject({
      kmsMasterKeyId: recording.one(KEY).outputs.arn,
      messageRetentionSeconds: 1_209_600,
    });
    expect(
      statements(recording, "siem-dead-letters-policy", "aws:sqs/queuePolicy:QueuePolicy").RulePutsAside,
    ).toMatchObject({
      Principal: { Service: "events.amazonaws.com" },
      Condition: {
        StringEquals: { "aws:SourceAccount": "111122223333" },
        ArnEquals: { "aws:SourceArn": rule.outputs.arn },
      },
    });
    const { LogGroupsEncrypt, EventBridgePutsAside } = statements(recording, "siem-key", KEY);
    expect(LogGroupsEncrypt).toMatchObject({ Principal: { Service: "logs.eu-central-1.amazonaws.com" } });
    expect(EventBridgePutsAside).toMatchObject({
      Action: ["kms:GenerateDataKey", "kms:Decrypt"],
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    });
  });

  test("the transformation may put back what it takes apart, into this stream alone", async () => {
    const recording = await record();
    expect(recording.one(POLICY, "siem-transform-policy").inputs.role).toBe("ocsf-role");
    expect(statements(recording, "siem-transform-policy")).toEqual({
      PutBack: {
        Sid: "PutBack",
        Effect: "Allow",
        Action: ["firehose:PutRecordBatch"],
        Resource: [recording.one(STREAM).outputs.arn],
      },
    });
  });
});

describe("the setup", () => {
  const inputOf = (recording: Recording<unknown>) =>
    JSON.parse(String(recording.one(INVOCATION, "siem-setup").inputs.input)) as Record<string, unknown>;

  test("is given the data files, and by whom the server is written and read", async () => {
    const recording = await domain({ readerRoleArns: [READER], retentionDays: 30 });
    const file = (name: string) => readFileSync(resolve(import.meta.dirname, "../../siem", name), "utf8");
    expect(inputOf(recording)).toEqual({
      engine: "domain",
      endpoint: "https://vpc-project-stack-siem.eu-central-1.es.amazonaws.com",
      template: JSON.parse(file("index-template.json")),
      retentionDays: 30,
      writerRoleArn: recording.one(ROLE, "siem-stream-role").outputs.arn,
      readerRoleArns: [READER],
      savedObjects: file("dashboards.ndjson"),
    });
    const { input: _input, triggers, ...inputs } = recording.one(INVOCATION, "siem-setup").inputs;
    expect(inputs).toEqual({ functionName: "siem-setup", qualifier: "live", lifecycleScope: "CREATE_ONLY" });
    const again = (await domain({ readerRoleArns: [READER] })).one(INVOCATION).inputs.triggers;
    expect(again).not.toEqual(triggers);
    expect(inputOf(await record())).toMatchObject({ engine: "serverless", retentionDays: 90, readerRoleArns: [] });
  });

  test("comes after the function may do it and the server knows it", async () => {
    const recording = await record();
    expect(recording.one(INVOCATION).options.dependsOn).toEqual(
      expect.arrayContaining([
        recording.one(POLICY, "siem-setup-policy").urn,
        recording.one(ACCESS).urn,
        recording.one(SECURITY, "siem-network").urn,
      ]),
    );
    expect(recording.one(POLICY, "siem-setup-policy").inputs.role).toBe("siem-setup-role");
    expect(
      Object.values(statements(recording, "siem-setup-policy")).map(({ Action, Resource }) => [Action, Resource]),
    ).toEqual([
      [["aoss:APIAccessAll"], ["arn:aws:aoss:eu-central-1:111122223333:collection/abc"]],
      [["aoss:DashboardsAccessAll"], ["arn:aws:aoss:eu-central-1:111122223333:dashboards/default"]],
    ]);
    expect(statements(await domain(), "siem-setup-policy").SetUpDomain).toMatchObject({
      Action: ["es:ESHttpGet", "es:ESHttpPost", "es:ESHttpPut"],
      Resource: ["arn:aws:es:eu-central-1:111122223333:domain/project-stack-siem/*"],
    });
  });
});

test("an alarm tells of every place at which an event can stop", async () => {
  const recording = await domain({ alarmTopicArn: TOPIC });
  const looked = Object.fromEntries(
    recording
      .all(ALARM)
      .map(({ name, inputs }) => [
        name,
        [inputs.namespace, inputs.metricName, inputs.statistic, inputs.comparisonOperator, inputs.threshold],
      ]),
  );
  expect(looked).toEqual({
    "siem-freshness-alarm": [
      "AWS/Firehose",
      "DeliveryToAmazonOpenSearchService.DataFreshness",
      "Maximum",
      "GreaterThanThreshold",
      1800,
    ],
    "siem-delivery-alarm": [
      "AWS/Firehose",
      "DeliveryToAmazonOpenSearchService.Success",
      "Minimum",
      "LessThanThreshold",
      1,
    ],
    "siem-transform-alarm": ["AWS/Firehose", "ExecuteProcessing.Success", "Minimum", "LessThanThreshold", 1],
    "siem-unmapped-alarm": ["Palisade/Siem", "project-stack-siem-unmapped", "Sum", "GreaterThanThreshold", 0],
    "siem-findings-alarm": ["AWS/Events", "FailedInvocations", "Sum", "GreaterThanThreshold", 0],
    "siem-dead-letters-alarm": ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", "GreaterThanThreshold", 0],
    "siem-red-alarm": ["AWS/ES", "ClusterStatus.red", "Maximum", "GreaterThanThreshold", 0],
    "siem-writes-alarm": ["AWS/ES", "ClusterIndexWritesBlocked", "Maximum", "GreaterThanThreshold", 0],
    "siem-storage-alarm": ["AWS/ES", "FreeStorageSpace", "Minimum", "LessThanThreshold", 5120],
  });
  for (const { inputs } of recording.all(ALARM)) {
    expect(inputs).toMatchObject({
      alarmActions: [TOPIC],
      okActions: [TOPIC],
      treatMissingData: "notBreaching",
      period: 300,
    });
  }
  expect(recording.one("aws:cloudwatch/logMetricFilter:LogMetricFilter", "siem-unmapped").inputs).toEqual({
    logGroupName: "/aws/lambda/ocsf",
    pattern: '{ $.event = "undelivered" }',
    metricTransformation: { namespace: "Palisade/Siem", name: "project-stack-siem-unmapped", value: "1" },
  });
  const serverless = await record({ network: NETWORK, alarmTopicArn: TOPIC });
  expect(serverless.one(ALARM, "siem-freshness-alarm").inputs.metricName).toBe(
    "DeliveryToAmazonOpenSearchServerless.DataFreshness",
  );
});

describe("refuses", () => {
  const DOMAIN_ARGS = { engine: SiemEngine.Domain, network: NETWORK };
  test.each<[string, Partial<SiemArgs>, string]>([
    [
      "an endpoint on the internet without a reason",
      {},
      `Siem "siem": network is nothing; allowed: a network; to fix it, give network, or say in allowPublicEndpoint why the server may answer on the internet`,
    ],
    [
      "a reason without an endpoint on the internet",
      { network: NETWORK, allowPublicEndpoint: REASON },
      `Siem "siem": allowPublicEndpoint is "${REASON}"; allowed: nothing, because the server answers in network alone; to fix it, remove allowPublicEndpoint`,
    ],
    [
      "nodes of a collection",
      { network: NETWORK, instanceCount: 3 },
      `Siem "siem": instanceCount is 3; allowed: nothing, because a collection has no nodes to choose; to fix it, remove instanceCount, or set engine to DOMAIN`,
    ],
    [
      "two nodes without a reason",
      { ...DOMAIN_ARGS, instanceCount: 2 },
      `Siem "siem": instanceCount is 2; allowed: a multiple of 3; to fix it, round it up, or say in allowFewNodes why one or two are enough`,
    ],
    [
      "four nodes with a reason",
      { ...DOMAIN_ARGS, instanceCount: 4, allowFewNodes: "a stage for tests" },
      `Siem "siem": instanceCount is 4; allowed: 1, 2 or a multiple of 3; to fix it, round it up`,
    ],
    [
      "a type that cannot encrypt",
      { ...DOMAIN_ARGS, instanceType: "t2.small.search" },
      `Siem "siem": instanceType is "t2.small.search"; allowed: a type of OpenSearch's that encrypts, such as m7g.medium.search; to fix it, choose another type`,
    ],
    [
      "a key of a source in another form",
      { network: NETWORK, logGroups: { "The trail": "x" } },
      `Siem "siem": logGroups["The trail"] is a key in another form; allowed: keys in kebab-case; to fix it, rename it`,
    ],
    [
      "a reader that is no role",
      { network: NETWORK, readerRoleArns: ["arn:aws:iam::111122223333:user/ann"] },
      `Siem "siem": readerRoleArns[0] is "arn:aws:iam::111122223333:user/ann"; allowed: the ARN of an IAM role; to fix it, give the role's arn`,
    ],
  ])("%s", async (_what, args, sentence) => {
    const error = await rejection(() => new Siem("siem", { ...FUNCTIONS, ...args }).endpoint);
    expect(error.message).toBe(sentence);
  });

  test.each<[keyof SiemArgs, unknown]>([
    ["engine", "ELASTIC"],
    ["retentionDays", 0],
    ["retentionDays", 3651],
    ["failedRecordDays", 6],
    ["logRetentionDays", 2],
    ["allowFewNodes", "short"],
    ["allowPublicEndpoint", ""],
  ])("%s of %j", async (property, value) => {
    const args = {
      ...FUNCTIONS,
      ...(property === "allowPublicEndpoint" ? {} : { network: NETWORK }),
      [property]: value,
    };
    const error = await rejection(() => new Siem("siem", args as SiemArgs).endpoint);
    expect(error.message).toContain(`Siem "siem": ${property} `);
  });

  test.each([9, 3073])("a volume of %i GiB", async (volumeGigabytes) => {
    const error = await rejection(() => new Siem("siem", { ...FUNCTIONS, ...DOMAIN_ARGS, volumeGigabytes }).endpoint);
    expect(error.message).toContain('Siem "siem": volumeGigabytes ');
  });
});

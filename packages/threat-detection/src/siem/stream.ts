import { allowDocument, arnIn, childName, type PolicyStatement, trustDocument } from "@palisade/core";
import { allowOnBucket, type GuardedBucket, guardedBucket, logAccess } from "@palisade/storage";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { SiemEngine } from "./args.ts";
import { type SiemContext, type SiemStore, streamName } from "./context.ts";
import { FIXED } from "./defaults.ts";

/** What the stream writes with, and where it puts aside what it cannot deliver. */
export interface StreamGround {
  role: aws.iam.Role;
  failed: GuardedBucket;
  errors: aws.cloudwatch.LogGroup;
  ready: pulumi.Resource[];
}

/** Made before the server, whose policies name the role. */
export function createStreamGround({ name, settings, place, kmsKeyArn, tags, child }: SiemContext): StreamGround {
  const bucket = (role: string, expirationDays: number, key?: pulumi.Input<string>) =>
    guardedBucket(name, role, { tags, kmsKeyArn: key, noncurrentDays: FIXED.NONCURRENT_DAYS, expirationDays }, child);
  const failed = bucket("failed", settings.failedRecordDays, kmsKeyArn);
  const accessLogs = bucket("access-logs", FIXED.ACCESS_LOG_DAYS);
  const policy = allowOnBucket(failed, []);
  logAccess(accessLogs, [{ guarded: failed, prefix: "failed/" }], place.accountId);
  const errors = new aws.cloudwatch.LogGroup(
    childName(name, "delivery-log"),
    { retentionInDays: settings.logRetentionDays, kmsKeyId: kmsKeyArn, tags },
    child,
  );
  const role = new aws.iam.Role(
    childName(name, "stream-role"),
    {
      description: "Delivers events to be searched",
      assumeRolePolicy: trustDocument({ service: "firehose.amazonaws.com", sourceAccount: place.accountId }),
      tags,
    },
    child,
  );
  return { role, failed, errors, ready: [policy, ...failed.guards] };
}

/** The stream: every source puts its records in, the transformation makes events of them, and Firehose delivers them or puts them aside. */
export function createStream(
  context: SiemContext,
  ground: StreamGround,
  store: SiemStore,
  setUp: pulumi.Resource,
): aws.kinesis.FirehoseDeliveryStream {
  const { name, args, settings, kmsKeyArn, tags, child } = context;
  const { role, errors } = ground;
  const policy = new aws.iam.RolePolicy(
    childName(name, "stream-policy"),
    {
      role: role.id,
      policy: allowDocument(statements(context, ground, store), { component: "Siem", name, property: "stream" }),
    },
    child,
  );
  const logStream = (what: string) => {
    const stream = new aws.cloudwatch.LogStream(
      childName(name, `${what}-errors`),
      { logGroupName: errors.name, name: what },
      child,
    );
    return { enabled: true, logGroupName: errors.name, logStreamName: stream.name };
  };
  const destination = {
    roleArn: role.arn,
    bufferingInterval: FIXED.BUFFER_SECONDS,
    bufferingSize: FIXED.BUFFER_MEGABYTES,
    retryDuration: FIXED.RETRY_SECONDS,
    s3BackupMode: "FailedDocumentsOnly",
    s3Configuration: {
      roleArn: role.arn,
      bucketArn: ground.failed.bucket.arn,
      // By the day, and by why: `processing-failed`, or what the server is called.
      prefix: "undelivered/!{timestamp:yyyy/MM/dd}/",
      errorOutputPrefix: "failed/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
      compressionFormat: "GZIP",
      kmsKeyArn,
      cloudwatchLoggingOptions: logStream("backup"),
    },
    cloudwatchLoggingOptions: logStream("delivery"),
    processingConfiguration: { enabled: true, processors: [transformation(args.transform.functionArn)] },
    ...(args.network && {
      vpcConfig: {
        roleArn: role.arn,
        subnetIds: args.network.subnetIds,
        securityGroupIds: args.network.securityGroupIds,
      },
    }),
  };
  return new aws.kinesis.FirehoseDeliveryStream(
    childName(name, "stream"),
    {
      name: streamName(name),
      serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: kmsKeyArn }, // Security Hub DataFirehose.1
      ...(settings.engine === SiemEngine.Serverless
        ? {
            destination: "opensearchserverless",
            opensearchserverlessConfiguration: {
              ...destination,
              collectionEndpoint: store.endpoint,
              indexName: FIXED.INDEX,
            },
          }
        : {
            destination: "opensearch",
            opensearchConfiguration: {
              ...destination,
              domainArn: store.arn,
              indexName: FIXED.INDEX,
              indexRotationPeriod: "OneDay",
            },
          }),
      tags,
    },
    // The first event would decide what its fields are, were it there before the template.
    { ...child, dependsOn: [policy, setUp, ...ground.ready, ...store.ready] },
  );
}

function transformation(functionArn: pulumi.Input<string>) {
  return {
    type: "Lambda",
    parameters: [
      { parameterName: "LambdaArn", parameterValue: functionArn },
      { parameterName: "BufferSizeInMBs", parameterValue: String(FIXED.TRANSFORM_MEGABYTES) },
      { parameterName: "BufferIntervalInSeconds", parameterValue: String(FIXED.BUFFER_SECONDS) },
      { parameterName: "NumberOfRetries", parameterValue: "3" },
    ],
  };
}

// https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
function statements(
  { args, settings, place, kmsKeyArn }: SiemContext,
  ground: StreamGround,
  store: SiemStore,
): PolicyStatement[] {
  const bucketArn = ground.failed.bucket.arn;
  return [
    ...(settings.engine === SiemEngine.Serverless ? writeCollection(store) : writeDomain(store)),
    {
      sid: "LookAtBucket",
      actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      resources: [bucketArn],
    },
    {
      sid: "PutAside",
      actions: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
      resources: [pulumi.interpolate`${bucketArn}/*`],
      wildcardReason: "Firehose names the objects itself; the bucket is the stream's own",
    },
    { sid: "UseKey", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [kmsKeyArn] },
    {
      sid: "WriteErrors",
      actions: ["logs:PutLogEvents"],
      resources: ["delivery", "backup"].map((stream) => pulumi.interpolate`${ground.errors.arn}:log-stream:${stream}`),
    },
    {
      sid: "Transform",
      actions: ["lambda:InvokeFunction", "lambda:GetFunctionConfiguration"],
      resources: [args.transform.functionArn],
    },
    ...(args.network === undefined ? [] : reachNetwork(place)),
  ];
}

function writeCollection({ arn }: SiemStore): PolicyStatement[] {
  return [{ sid: "WriteEvents", actions: ["aoss:APIAccessAll"], resources: [arn] }];
}

function writeDomain({ arn }: SiemStore): PolicyStatement[] {
  return [
    {
      sid: "LookAtDomain",
      actions: ["es:DescribeDomain", "es:DescribeDomains", "es:DescribeDomainConfig"],
      resources: [arn],
    },
    {
      sid: "WriteEvents",
      actions: ["es:ESHttpGet", "es:ESHttpPost", "es:ESHttpPut"],
      resources: [pulumi.interpolate`${arn}/*`],
      wildcardReason: "Firehose asks for statistics by many paths; the domain's own roles decide on what it may write",
    },
  ];
}

function reachNetwork(place: SiemContext["place"]): PolicyStatement[] {
  return [
    {
      sid: "LookAtNetwork",
      actions: [
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcAttribute",
        "ec2:DescribeVpcs",
      ],
      resources: ["*"],
      wildcardReason: "EC2 knows no resources for what describes",
    },
    {
      sid: "ReachNetwork",
      actions: ["ec2:CreateNetworkInterface", "ec2:CreateNetworkInterfacePermission", "ec2:DeleteNetworkInterface"],
      resources: ["network-interface/*", "subnet/*", "security-group/*"].map((resource) =>
        arnIn(place, "ec2", resource),
      ),
      wildcardReason: "Firehose makes the interfaces itself, and their ids are not known before",
    },
  ];
}

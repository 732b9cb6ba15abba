import { arnIn, childName, type PolicyStatement, trustDocument } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createAlarm } from "../alarms.ts";
import type { LogSource } from "../args.ts";
import type { Buckets } from "../buckets.ts";
import { type PipelineContext, roleWith } from "../context.ts";
import { FIXED } from "../defaults.ts";
import type { SourceName } from "../source-names.ts";
import { bucketKeyStatement } from "../statements.ts";

/** A source that is wired: where its raw files are, and what reads of them need. */
export interface WiredSource {
  source: SourceName;
  bucketArn: pulumi.Input<string>;
  bucketName: pulumi.Input<string>;
  /** What the keys of its files begin with, ending in `/`. */
  prefix: string;
  /** Key of the files, where it is not the pipeline's. */
  kmsKeyArn?: pulumi.Input<string>;
}

/** The log group of what Firehose could not do, one for all deliveries. */
export function createDeliveryLog({ name, args, settings, tags, child }: PipelineContext): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    childName(name, "delivery-log"),
    { retentionInDays: settings.logRetentionDays, kmsKeyId: args.kmsKeyArn, tags },
    child,
  );
}

/**
 * A log group's way into the raw bucket: a subscription hands each record to a stream of Amazon Data Firehose, which unpacks it and writes it a line each, as
 * CloudWatch Logs sends it: with the ids of its events, by which the job knows a record that came twice.
 * https://docs.aws.amazon.com/firehose/latest/dev/writing-with-cloudwatch-logs.html
 */
export function deliverLog(
  context: PipelineContext,
  source: SourceName,
  log: LogSource,
  { raw, ready }: Buckets,
  errors: aws.cloudwatch.LogGroup,
): WiredSource {
  const { name, args, place, tags, child } = context;
  const folder = `source=${source}/`;
  const prefix = `${FIXED.RAW_PREFIX}${folder}`;
  const errorStream = new aws.cloudwatch.LogStream(
    childName(name, `${source}-errors`),
    { logGroupName: errors.name, name: source },
    child,
  );
  const writer = roleWith(
    context,
    `${source}-delivery`,
    `Writes the raw records of ${source}`,
    trustDocument({ service: "firehose.amazonaws.com", sourceAccount: place.accountId }),
    deliveryStatements(context, raw.bucket.arn, folder, errors, source),
  );
  const { kmsKeyArn } = args;
  const stream = new aws.kinesis.FirehoseDeliveryStream(
    childName(name, `${source}-delivery`),
    {
      destination: "extended_s3",
      // Security Hub DataFirehose.1
      serverSideEncryption:
        kmsKeyArn === undefined
          ? { enabled: true, keyType: "AWS_OWNED_CMK" }
          : { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: kmsKeyArn },
      extendedS3Configuration: {
        bucketArn: raw.bucket.arn,
        roleArn: writer.role.arn,
        prefix: `${prefix}day=!{timestamp:yyyy-MM-dd}/`,
        errorOutputPrefix: `${FIXED.ERROR_PREFIX}${folder}!{firehose:error-output-type}/day=!{timestamp:yyyy-MM-dd}/`,
        bufferingSize: FIXED.DELIVERY_MEGABYTES,
        bufferingInterval: FIXED.DELIVERY_SECONDS,
        compressionFormat: "GZIP",
        kmsKeyArn,
        cloudwatchLoggingOptions: { enabled: true, logGroupName: errors.name, logStreamName: errorStream.name },
        processingConfiguration: {
          enabled: true,
          processors: [
            {
              type: "Decompression",
              parameters: [{ parameterName: "CompressionFormat", parameterValue: "GZIP" }],
            },
            { type: "AppendDelimiterToRecord" },
          ],
        },
      },
      tags,
    },
    { ...child, dependsOn: [writer.policy, ...ready] },
  );
  subscribe(context, source, log, stream);
  if (args.alarmTopicArn !== undefined) freshness(context, source, stream, args.alarmTopicArn);
  return { source, bucketArn: raw.bucket.arn, bucketName: raw.bucket.id, prefix };
}

function deliveryStatements(
  { args, place }: PipelineContext,
  bucketArn: pulumi.Input<string>,
  folder: string,
  errors: aws.cloudwatch.LogGroup,
  source: SourceName,
): PolicyStatement[] {
  // https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-s3
  return [
    {
      sid: "LookAtBucket",
      actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      resources: [bucketArn],
    },
    {
      sid: "WriteRecords",
      actions: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
      resources: [
        pulumi.interpolate`${bucketArn}/${FIXED.RAW_PREFIX}${folder}*`,
        pulumi.interpolate`${bucketArn}/${FIXED.ERROR_PREFIX}${folder}*`,
      ],
      wildcardReason: "Firehose names the objects itself; the folders are this source's own",
    },
    ...(args.kmsKeyArn === undefined ? [] : [bucketKeyStatement(args.kmsKeyArn, place, "EncryptRecords")]),
    {
      sid: "WriteErrors",
      actions: ["logs:PutLogEvents"],
      resources: [pulumi.interpolate`${errors.arn}:log-stream:${source}`],
    },
  ];
}

function subscribe(
  context: PipelineContext,
  source: SourceName,
  { logGroupName }: LogSource,
  stream: aws.kinesis.FirehoseDeliveryStream,
): void {
  const { name, place, child } = context;
  const sender = roleWith(
    context,
    `${source}-subscription`,
    `Hands the records of ${source} on`,
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#FirehoseExample
    trustDocument({
      service: "logs.amazonaws.com",
      sourceArn: arnIn(place, "logs", "*"),
    }),
    [{ sid: "HandOn", actions: ["firehose:PutRecord", "firehose:PutRecordBatch"], resources: [stream.arn] }],
  );
  new aws.cloudwatch.LogSubscriptionFilter(
    childName(name, `${source}-subscription`),
    { logGroup: logGroupName, filterPattern: "", destinationArn: stream.arn, roleArn: sender.role.arn },
    { ...child, dependsOn: [sender.policy] },
  );
}

/** Records that wait for hours are records that Firehose cannot deliver: after a day it drops them. */
function freshness(
  context: PipelineContext,
  source: SourceName,
  stream: aws.kinesis.FirehoseDeliveryStream,
  alarmTopicArn: pulumi.Input<string>,
): void {
  createAlarm(context, `${source}-undelivered`, alarmTopicArn, {
    alarmDescription: `Records of ${source} wait for more than an hour; Firehose drops them after a day`,
    namespace: "AWS/Firehose",
    metricName: "DeliveryToS3.DataFreshness",
    dimensions: { DeliveryStreamName: stream.name },
    statistic: "Maximum",
    threshold: 3600,
  });
}

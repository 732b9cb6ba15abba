import { type AwsPlace, childName, denyPlainHttp } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FIXED } from "./defaults.ts";
import type { TrailSettings } from "./settings.ts";

/** What the buckets are built from. */
export interface BucketParts {
  settings: TrailSettings;
  place: AwsPlace;
  kmsKeyArn: pulumi.Input<string>;
  /** The trail's ARN, which must be known before the trail is. */
  trailArn: pulumi.Input<string>;
  tags: Record<string, pulumi.Input<string>>;
}

/** The buckets of a trail. */
export interface TrailBuckets {
  logs: aws.s3.Bucket;
  /** Who reads and writes the log files (Security Hub S3.9, CloudTrail.7). */
  accessLogs: aws.s3.Bucket;
  /** What must be in place before CloudTrail delivers. */
  ready: pulumi.Resource[];
}

type Options = pulumi.CustomResourceOptions;

/**
 * The bucket of the log files and the bucket of its access logs. Both outlive the stack, with all that protects them: evidence is not
 * deleted with what it is about.
 */
export function createBuckets(name: string, parts: BucketParts, { parent }: { parent: pulumi.Resource }): TrailBuckets {
  const opts = { parent, retainOnDelete: true };
  const accessLogs = createBucket(name, "access-logs", false, parts, opts);
  // Logs of access are delivered with S3's own encryption only. https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
  encrypt(name, "access-logs", accessLogs, undefined, opts);
  expire(name, "access-logs", accessLogs, { days: FIXED.ACCESS_LOG_DAYS }, opts);
  const logs = createBucket(name, "logs", true, parts, opts);
  encrypt(name, "logs", logs, parts.kmsKeyArn, opts);
  expire(name, "logs", logs, { days: parts.settings.expirationDays, coldAfter: FIXED.COLD_AFTER_DAYS }, opts);
  new aws.s3.BucketLogging(
    childName(name, "logs-logging"),
    { bucket: logs.id, targetBucket: accessLogs.id, targetPrefix: "trail/" },
    opts,
  );
  new aws.s3.BucketObjectLockConfiguration(
    childName(name, "logs-lock"),
    {
      bucket: logs.id,
      rule: { defaultRetention: { mode: parts.settings.lockMode, days: parts.settings.lockDays } },
    },
    opts,
  );
  return { logs, accessLogs, ready: createPolicies(name, logs, accessLogs, parts, opts) };
}

function createBucket(
  name: string,
  role: string,
  locked: boolean,
  { tags }: BucketParts,
  opts: Options,
): aws.s3.Bucket {
  const bucket = new aws.s3.Bucket(
    childName(name, role),
    { objectLockEnabled: locked, tags },
    { ...opts, protect: true },
  );
  new aws.s3.BucketPublicAccessBlock(
    childName(name, `${role}-private`),
    {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    opts,
  );
  new aws.s3.BucketOwnershipControls(
    childName(name, `${role}-ownership`),
    { bucket: bucket.id, rule: { objectOwnership: "BucketOwnerEnforced" } }, // Security Hub S3.12
    opts,
  );
  new aws.s3.BucketVersioning(
    childName(name, `${role}-versions`),
    { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } }, // S3.14, and Object Lock needs it
    opts,
  );
  return bucket;
}

function encrypt(
  name: string,
  role: string,
  bucket: aws.s3.Bucket,
  kmsKeyArn: pulumi.Input<string> | undefined,
  opts: Options,
): void {
  const applyServerSideEncryptionByDefault =
    kmsKeyArn === undefined ? { sseAlgorithm: "AES256" } : { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn };
  new aws.s3.BucketServerSideEncryptionConfiguration(
    childName(name, `${role}-encryption`),
    {
      bucket: bucket.id,
      rules: [{ applyServerSideEncryptionByDefault, bucketKeyEnabled: kmsKeyArn !== undefined }],
    },
    opts,
  );
}

function expire(
  name: string,
  role: string,
  bucket: aws.s3.Bucket,
  { days, coldAfter }: { days: number; coldAfter?: number },
  opts: Options,
): void {
  new aws.s3.BucketLifecycleConfiguration(
    childName(name, `${role}-lifecycle`),
    {
      bucket: bucket.id,
      rules: [
        {
          id: "expire",
          status: "Enabled",
          filter: {},
          expiration: { days },
          noncurrentVersionExpiration: { noncurrentDays: days },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          ...(coldAfter !== undefined && { transitions: [{ days: coldAfter, storageClass: "GLACIER_IR" }] }),
        },
      ],
    },
    opts,
  );
}

function createPolicies(
  name: string,
  logs: aws.s3.Bucket,
  accessLogs: aws.s3.Bucket,
  { settings, place, trailArn }: BucketParts,
  opts: Options,
): pulumi.Resource[] {
  const { accountId } = place;
  const folders = [
    pulumi.interpolate`${logs.arn}/AWSLogs/${accountId}/*`,
    ...(settings.organizationId === undefined
      ? []
      : [pulumi.interpolate`${logs.arn}/AWSLogs/${settings.organizationId}/*`]),
  ];
  const ofThisTrail = { StringEquals: { "aws:SourceArn": trailArn } };
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
  const trail = [
    {
      Sid: "TrailLooksAtBucket",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:GetBucketAcl",
      Resource: logs.arn,
      Condition: ofThisTrail,
    },
    {
      Sid: "TrailWrites",
      Effect: "Allow",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: folders,
      Condition: ofThisTrail,
    },
  ];
  const s3Logs = {
    Sid: "S3WritesAccessLogs",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: pulumi.interpolate`${accessLogs.arn}/*`,
    Condition: { StringEquals: { "aws:SourceAccount": accountId }, ArnLike: { "aws:SourceArn": logs.arn } },
  };
  return [
    bucketPolicy(childName(name, "logs-policy"), logs, trail, opts),
    bucketPolicy(childName(name, "access-logs-policy"), accessLogs, [s3Logs], opts),
  ];
}

function bucketPolicy(logicalName: string, bucket: aws.s3.Bucket, allowed: unknown[], opts: Options): pulumi.Resource {
  const tlsOnly = denyPlainHttp("s3:*", [bucket.arn, pulumi.interpolate`${bucket.arn}/*`]);
  const policy = pulumi.jsonStringify({ Version: "2012-10-17", Statement: [...allowed, tlsOnly] });
  return new aws.s3.BucketPolicy(logicalName, { bucket: bucket.id, policy }, opts);
}

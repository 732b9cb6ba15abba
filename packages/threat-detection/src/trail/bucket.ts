import type { AwsPlace, ResourceStatement } from "@palisade/core";
import { allowOnBucket, type BucketPart, guardedBucket, logAccess } from "@palisade/storage";
import type * as aws from "@pulumi/aws";
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

/**
 * The bucket of the log files and the bucket of its access logs. Both outlive the stack, with all that protects them: evidence is not
 * deleted with what it is about.
 */
export function createBuckets(name: string, parts: BucketParts, opts: { parent: pulumi.Resource }): TrailBuckets {
  const { settings, kmsKeyArn, place, tags } = parts;
  const accessLogs = guardedBucket(
    name,
    "access-logs",
    {
      tags,
      expirationDays: FIXED.ACCESS_LOG_DAYS,
      noncurrentDays: FIXED.ACCESS_LOG_DAYS,
      outlivesStack: true,
      formerly: formerly(`${name}-access-logs`),
    },
    opts,
  );
  const logs = guardedBucket(
    name,
    "logs",
    {
      tags,
      kmsKeyArn,
      expirationDays: settings.expirationDays,
      noncurrentDays: settings.expirationDays,
      coldAfterDays: FIXED.COLD_AFTER_DAYS,
      lock: { mode: settings.lockMode, days: settings.lockDays },
      outlivesStack: true,
      formerly: formerly(`${name}-logs`),
    },
    opts,
  );
  const ready = [
    allowOnBucket(logs, deliveryStatements(logs.bucket, parts)),
    logAccess(accessLogs, [{ guarded: logs, prefix: "trail/" }], place.accountId),
  ];
  return { logs: logs.bucket, accessLogs: accessLogs.bucket, ready };
}

function formerly(bucket: string): Partial<Record<BucketPart, string>> {
  return { "public-access": `${bucket}-private`, versioning: `${bucket}-versions` };
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
function deliveryStatements(
  logs: aws.s3.Bucket,
  { settings, place: { accountId }, trailArn }: BucketParts,
): ResourceStatement[] {
  const owners = [accountId, ...(settings.organizationId === undefined ? [] : [settings.organizationId])];
  const shared = {
    Effect: "Allow" as const,
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Condition: { StringEquals: { "aws:SourceArn": trailArn } },
  };
  return [
    { ...shared, Sid: "TrailLooksAtBucket", Action: "s3:GetBucketAcl", Resource: logs.arn },
    {
      ...shared,
      Sid: "TrailWrites",
      Action: "s3:PutObject",
      Resource: owners.map((owner) => pulumi.interpolate`${logs.arn}/AWSLogs/${owner}/*`),
    },
  ];
}

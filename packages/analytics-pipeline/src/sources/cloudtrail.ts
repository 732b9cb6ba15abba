import { arnIn, childName, NAME_RULES, physicalName, trustDocument } from "@palisade/core";
import { allowOnBucket, guardedBucket, logAccess } from "@palisade/storage";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type PipelineContext, roleWith } from "../context.ts";
import { FIXED } from "../defaults.ts";
import type { WiredSource } from "./delivery.ts";

/** The trail: who called which API of AWS. Adopted where it is, or made. */
export function cloudtrail(context: PipelineContext): WiredSource[] {
  const { args, place } = context;
  if (args.ownTrail) return [ownTrail(context)];
  if (args.existingTrail === undefined) return [];
  const { bucketName, kmsKeyArn, prefix } = args.existingTrail;
  return [
    {
      source: "cloudtrail",
      bucketName,
      bucketArn: pulumi.interpolate`arn:${place.partition}:s3:::${bucketName}`,
      prefix: prefix ?? FIXED.TRAIL_PREFIX,
      kmsKeyArn,
    },
  ];
}

/** A trail of the management events of every region, with its own bucket and log group. */
function ownTrail(context: PipelineContext): WiredSource {
  const { name, args, settings, place, prefix, tags, child } = context;
  const trailName = physicalName(`${prefix}-trail`, NAME_RULES.trail);
  const trailArn = arnIn(place, "cloudtrail", `trail/${trailName}`);
  const keep = { tags, noncurrentDays: FIXED.NONCURRENT_DAYS, forceDestroy: settings.deletable };
  const accessLogs = guardedBucket(
    name,
    "trail-access-logs",
    { ...keep, expirationDays: FIXED.ACCESS_LOG_DAYS },
    child,
  );
  const files = guardedBucket(
    name,
    "trail",
    {
      ...keep,
      kmsKeyArn: args.kmsKeyArn,
      expirationDays: settings.cleanRetentionDays,
      // S3.15: evidence is not deleted before its time, but where the stage's data may be.
      ...(!settings.deletable && { lock: { mode: "GOVERNANCE", days: settings.cleanRetentionDays - 1 } }),
    },
    child,
  );
  const ofTrail = { StringEquals: { "aws:SourceArn": trailArn } };
  const Principal = { Service: "cloudtrail.amazonaws.com" };
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
  const policy = allowOnBucket(files, [
    {
      Sid: "TrailLooksAtBucket",
      Effect: "Allow",
      Principal,
      Action: "s3:GetBucketAcl",
      Resource: files.bucket.arn,
      Condition: ofTrail,
    },
    {
      Sid: "TrailWrites",
      Effect: "Allow",
      Principal,
      Action: "s3:PutObject",
      Resource: pulumi.interpolate`${files.bucket.arn}/${FIXED.TRAIL_PREFIX}${place.accountId}/*`,
      Condition: ofTrail,
    },
  ]);
  logAccess(accessLogs, [{ guarded: files, prefix: "trail/" }], place.accountId); // CloudTrail.7
  if (settings.startOnEvents) {
    const events = { bucket: files.bucket.id, eventbridge: true };
    new aws.s3.BucketNotification(childName(name, "trail-notification"), events, child);
  }
  const log = trailLog(context, trailArn);
  new aws.cloudtrail.Trail(
    childName(name, "trail"),
    {
      name: trailName,
      s3BucketName: files.bucket.id,
      kmsKeyId: args.kmsKeyArn, // CloudTrail.2
      isMultiRegionTrail: true, // CloudTrail.1
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true, // CloudTrail.4
      cloudWatchLogsGroupArn: pulumi.interpolate`${log.group.arn}:*`, // CloudTrail.5
      cloudWatchLogsRoleArn: log.role.arn,
      tags,
    },
    { ...child, dependsOn: [policy, log.policy, ...files.guards] },
  );
  return {
    source: "cloudtrail",
    bucketName: files.bucket.id,
    bucketArn: files.bucket.arn,
    prefix: FIXED.TRAIL_PREFIX,
    kmsKeyArn: args.kmsKeyArn,
  };
}

function trailLog(context: PipelineContext, trailArn: pulumi.Input<string>) {
  const { name, args, settings, place, tags, child } = context;
  const group = new aws.cloudwatch.LogGroup(
    childName(name, "trail-log"),
    { retentionInDays: settings.logRetentionDays, kmsKeyId: args.kmsKeyArn, tags },
    child,
  );
  const writer = roleWith(
    context,
    "trail-log",
    "Writes the trail to its log group",
    trustDocument({ service: "cloudtrail.amazonaws.com", sourceAccount: place.accountId, sourceArn: trailArn }),
    [
      {
        sid: "OwnLog",
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [pulumi.interpolate`${group.arn}:log-stream:*`],
        wildcardReason: "CloudTrail names the log streams itself; the group is the trail's own",
      },
    ],
  );
  return { group, ...writer };
}

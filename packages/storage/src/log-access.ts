import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { allowOnBucket, type GuardedBucket } from "./guarded-bucket.ts";

/** A bucket whose requests are logged. */
export interface LoggedBucket {
  guarded: GuardedBucket;
  /** What the keys of its logs begin with: `code/`. */
  prefix: string;
}

/**
 * Keeps a log of every request of some buckets in one of their own (Security Hub S3.9, CloudTrail.7), which gets its policy here: S3's log
 * delivery may write for these buckets of this account, and nobody else.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html#grant-log-delivery-permissions-general
 *
 * @param logs The bucket of the logs, of S3's own key: S3 delivers them to no other.
 * @returns The policy of `logs`.
 */
export function logAccess(
  logs: GuardedBucket,
  sources: LoggedBucket[],
  accountId: pulumi.Input<string>,
): aws.s3.BucketPolicy {
  const policy = allowOnBucket(
    logs,
    sources.map(({ guarded, prefix }) => ({
      Sid: `AccessLogs${prefix.replace(/\W/g, "")}`,
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: pulumi.interpolate`${logs.bucket.arn}/${prefix}*`,
      Condition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": guarded.bucket.arn },
      },
    })),
  );
  for (const { guarded, prefix } of sources) {
    new aws.s3.BucketLogging(
      `${guarded.logicalName}-logging`,
      { bucket: guarded.bucket.id, targetBucket: logs.bucket.id, targetPrefix: prefix },
      // After the policy, which lets S3 write there.
      { ...guarded.partOptions("logging"), dependsOn: [policy] },
    );
  }
  return policy;
}

import { childName, denyPlainHttp, resourceTags } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CodeSigningArgs } from "./args.ts";

/** The bucket, and its name once what protects it is there. */
export interface CodeBucket {
  bucket: aws.s3.Bucket;
  ready: pulumi.Output<string>;
}

/** The bucket that code is signed in, whose every request is logged in another. */
export function codeBucket(
  name: string,
  args: CodeSigningArgs,
  keepReplacedDays: number,
  child: pulumi.CustomResourceOptions,
): CodeBucket {
  const code = guardedBucket(name, "", args, keepReplacedDays, child);
  const logs = guardedBucket(name, "access-log-", args, keepReplacedDays, child);
  // After the policy, which lets S3 write there.
  new aws.s3.BucketLogging(
    // Security Hub S3.9
    childName(name, "access-logging"),
    { bucket: code.bucket.id, targetBucket: logs.bucket.id, targetPrefix: "code/" },
    { ...child, dependsOn: [logs.policy] },
  );
  return {
    bucket: code.bucket,
    ready: pulumi.all([code.bucket.id, code.versioning.id]).apply(([id]) => id),
  };
}

interface GuardedBucket {
  bucket: aws.s3.Bucket;
  versioning: aws.s3.BucketVersioning;
  policy: aws.s3.BucketPolicy;
}

/**
 * A bucket that is private, versioned (Signer reads a version), encrypted and reached over TLS only.
 *
 * @param part what stands before the role in the children's names
 */
function guardedBucket(
  name: string,
  part: "" | "access-log-",
  args: CodeSigningArgs,
  keepReplacedDays: number,
  child: pulumi.CustomResourceOptions,
): GuardedBucket {
  const deletable = args.allowDeletion !== undefined;
  const lowered = deletable ? [{ floor: "deletion-protection", reason: args.allowDeletion as string }] : [];
  const bucket = new aws.s3.Bucket(
    childName(name, `${part}bucket`),
    {
      forceDestroy: deletable,
      tags: resourceTags({ component: "CodeSigning", name, teamTags: args.teamTags, lowered }),
    },
    child,
  );
  const of = { bucket: bucket.id };
  const access = new aws.s3.BucketPublicAccessBlock(
    // Security Hub S3.1, S3.8
    childName(name, `${part}public-access`),
    { ...of, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    child,
  );
  new aws.s3.BucketOwnershipControls(
    // Security Hub S3.12
    childName(name, `${part}ownership`),
    { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } },
    child,
  );
  const versioning = new aws.s3.BucketVersioning(
    // Security Hub S3.14
    childName(name, `${part}versioning`),
    { ...of, versioningConfiguration: { status: "Enabled" } },
    child,
  );
  // S3 delivers access logs to a bucket of its own keys only.
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
  const kmsKeyArn = part === "" ? args.kmsKeyArn : undefined;
  new aws.s3.BucketServerSideEncryptionConfiguration(
    childName(name, `${part}encryption`),
    {
      ...of,
      rules: [
        kmsKeyArn === undefined
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
          : {
              applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn },
              bucketKeyEnabled: true,
            },
      ],
    },
    child,
  );
  new aws.s3.BucketLifecycleConfiguration(
    // Security Hub S3.10, S3.13
    childName(name, `${part}lifecycle`),
    {
      ...of,
      rules: [
        {
          id: "replaced",
          status: "Enabled",
          filter: { prefix: "" },
          noncurrentVersionExpiration: { noncurrentDays: keepReplacedDays },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          ...(part !== "" && { expiration: { days: ACCESS_LOG_DAYS } }),
        },
      ],
    },
    { ...child, dependsOn: [versioning] },
  );
  const { accountId } = aws.getCallerIdentityOutput({}, { parent: child.parent });
  const tlsOnly = denyPlainHttp("s3:*", [bucket.arn, pulumi.interpolate`${bucket.arn}/*`]);
  const statements = part === "" ? [tlsOnly] : [tlsOnly, accessLogs(bucket, accountId)];
  const policy = new aws.s3.BucketPolicy(
    childName(name, `${part}policy`),
    { ...of, policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements }) },
    // After the block of public access: S3 refuses two changes of a bucket's access at once
    // (hashicorp/terraform-provider-aws#7628).
    { ...child, dependsOn: [access] },
  );
  return { bucket, versioning, policy };
}

/** As long as an access log of an API is kept: Security Hub CloudWatch.16. */
const ACCESS_LOG_DAYS = 365;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html#grant-log-delivery-permissions-general */
function accessLogs(bucket: aws.s3.Bucket, accountId: pulumi.Output<string>) {
  return {
    Sid: "AccessLogs",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: pulumi.interpolate`${bucket.arn}/code/*`,
    Condition: { StringEquals: { "aws:SourceAccount": accountId } },
  };
}

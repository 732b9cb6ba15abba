import { childName, denyPlainHttp, type ResourceStatement } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A resource beside a bucket. Its logical name is the bucket's and the part: `orders-code-versioning`. */
export type BucketPart =
  | "public-access"
  | "ownership"
  | "versioning"
  | "encryption"
  | "lifecycle"
  | "lock"
  | "policy"
  | "logging";

/** How a bucket is kept. */
export interface GuardedBucketArgs {
  /** The bucket's tags, with the floors that its component lowers. */
  tags: Record<string, pulumi.Input<string>>;
  /** ARN of the key of KMS that encrypts. The default is none: S3's own key encrypts, which is all that S3 delivers access logs with. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Days that a replaced or deleted version is kept. */
  noncurrentDays: number;
  /** Days after which an object expires. The default is never. */
  expirationDays?: number;
  /** Days after which an object moves to S3 Glacier Instant Retrieval. The default is never. */
  coldAfterDays?: number;
  /** S3 Object Lock: no version is deleted before the days are over. The default is none. */
  lock?: { mode: pulumi.Input<string>; days: number };
  /** Whether destroying the stack empties the bucket. The default is no: S3 then refuses to delete it. */
  forceDestroy?: boolean;
  /** Whether the bucket and all that guards it stay when their stack is destroyed, as evidence does. The default is no. */
  outlivesStack?: boolean;
  /** Logical names that parts had in earlier releases, so that they are renamed and not replaced. The default is none. */
  formerly?: Partial<Record<BucketPart, string>>;
}

/** A bucket with what guards it. */
export interface GuardedBucket {
  /** Its logical name. */
  logicalName: string;
  bucket: aws.s3.Bucket;
  /** Its versioning: what depends on versions waits for it. */
  versioning: aws.s3.BucketVersioning;
  /** What must be in place before anything sensitive is put into it. */
  guards: pulumi.Resource[];
  /** The options of a further part: parent, whether it outlives the stack, its former name. */
  partOptions: (part: BucketPart) => pulumi.CustomResourceOptions;
}

/**
 * A private bucket: no access lists, no public policy, versioned, encrypted, with a lifecycle. It has no policy yet; `allowOnBucket` gives it
 * one, without which plain HTTP is answered. Security Hub S3.1, S3.8, S3.10, S3.12, S3.13, S3.14, S3.17.
 *
 * @param name The component's logical name.
 * @param role What the bucket is to it, in kebab-case: `code`. The bucket's logical name is `${name}-${role}`.
 * @param opts The parent.
 */
export function guardedBucket(
  name: string,
  role: string,
  args: GuardedBucketArgs,
  opts: { parent: pulumi.Resource },
): GuardedBucket {
  const logicalName = childName(name, role);
  const kept = { ...opts, ...(args.outlivesStack && { retainOnDelete: true }) };
  const partOptions = (part: BucketPart): pulumi.CustomResourceOptions => {
    const former = args.formerly?.[part];
    return former === undefined ? kept : { ...kept, aliases: [{ name: former }] };
  };
  const bucket = new aws.s3.Bucket(
    logicalName,
    {
      forceDestroy: args.forceDestroy ?? false,
      // Object Lock must be on when the bucket is made. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
      ...(args.lock && { objectLockEnabled: true }),
      tags: args.tags,
    },
    { ...kept, ...(args.outlivesStack && { protect: true }) },
  );
  const of = { bucket: bucket.id };
  const publicAccess = new aws.s3.BucketPublicAccessBlock(
    `${logicalName}-public-access`,
    { ...of, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    partOptions("public-access"),
  );
  const ownership = new aws.s3.BucketOwnershipControls(
    `${logicalName}-ownership`,
    { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } },
    partOptions("ownership"),
  );
  const versioning = new aws.s3.BucketVersioning(
    `${logicalName}-versioning`,
    { ...of, versioningConfiguration: { status: "Enabled" } },
    partOptions("versioning"),
  );
  const encryption = new aws.s3.BucketServerSideEncryptionConfiguration(
    `${logicalName}-encryption`,
    { ...of, rules: [encryptionRule(args.kmsKeyArn)] },
    partOptions("encryption"),
  );
  // After versioning, without which S3 refuses what the lifecycle says of old versions.
  const later = { dependsOn: [versioning] };
  new aws.s3.BucketLifecycleConfiguration(
    `${logicalName}-lifecycle`,
    { ...of, rules: [lifecycleRule(args)] },
    { ...partOptions("lifecycle"), ...later },
  );
  const guards: pulumi.Resource[] = [publicAccess, ownership, versioning, encryption];
  if (args.lock) guards.push(lock(logicalName, bucket, args.lock, { ...partOptions("lock"), ...later }));
  return { logicalName, bucket, versioning, guards, partOptions };
}

/**
 * The bucket's policy: what the statements allow, and nothing to anybody over plain HTTP (Security Hub S3.5). Call it once for a bucket; what
 * writes to the bucket depends on the policy.
 *
 * @param statements What is allowed beside the account's own IAM policies. May be empty.
 */
export function allowOnBucket(guarded: GuardedBucket, statements: ResourceStatement[]): aws.s3.BucketPolicy {
  const { bucket, guards, logicalName, partOptions } = guarded;
  const tlsOnly = denyPlainHttp("s3:*", [bucket.arn, pulumi.interpolate`${bucket.arn}/*`]);
  return new aws.s3.BucketPolicy(
    `${logicalName}-policy`,
    {
      bucket: bucket.id,
      policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: [...statements, tlsOnly] }),
    },
    // After the block of public access: S3 refuses two changes of a bucket's access at once (hashicorp/terraform-provider-aws#7628).
    { ...partOptions("policy"), dependsOn: guards.slice(0, 1) },
  );
}

function encryptionRule(kmsKeyArn: pulumi.Input<string> | undefined) {
  return kmsKeyArn === undefined
    ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
    : {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn },
        bucketKeyEnabled: true, // One call of KMS for many objects.
      };
}

function lifecycleRule({ expirationDays, noncurrentDays, coldAfterDays }: GuardedBucketArgs) {
  return {
    id: "keep",
    status: "Enabled",
    filter: { prefix: "" },
    ...(expirationDays !== undefined && { expiration: { days: expirationDays } }),
    ...(coldAfterDays !== undefined && { transitions: [{ days: coldAfterDays, storageClass: "GLACIER_IR" }] }),
    noncurrentVersionExpiration: { noncurrentDays },
    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
  };
}

function lock(
  logicalName: string,
  bucket: aws.s3.Bucket,
  { mode, days }: NonNullable<GuardedBucketArgs["lock"]>,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const args = { bucket: bucket.id, rule: { defaultRetention: { mode, days } } };
  return new aws.s3.BucketObjectLockConfiguration(`${logicalName}-lock`, args, opts);
}

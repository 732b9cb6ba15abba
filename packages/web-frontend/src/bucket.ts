import { childName, denyPlainHttp } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FIXED } from "./defaults.ts";
import { contentType } from "./files.ts";
import type { WebFrontendSettings } from "./validate.ts";

type Options = { parent: pulumi.Resource };

/** The bucket of the page's files, which nobody but the distribution reads: no access list, no public policy, every version kept for a while. */
export function createBucket(
  name: string,
  { deletable }: WebFrontendSettings,
  tags: Record<string, pulumi.Input<string>>,
  opts: Options,
): aws.s3.Bucket {
  const bucket = new aws.s3.Bucket(childName(name, "bucket"), { forceDestroy: deletable, tags }, opts);
  const of = { bucket: bucket.bucket };
  new aws.s3.BucketPublicAccessBlock(
    childName(name, "public-access-block"),
    { ...of, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    opts,
  );
  new aws.s3.BucketOwnershipControls(
    childName(name, "ownership"),
    { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } },
    opts,
  );
  // S3's own key: with one of KMS every visitor's request would be a call of KMS, to keep secret what is public.
  new aws.s3.BucketServerSideEncryptionConfiguration(
    childName(name, "encryption"),
    { ...of, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    opts,
  );
  const versioning = new aws.s3.BucketVersioning(
    childName(name, "versioning"),
    { ...of, versioningConfiguration: { status: "Enabled" } },
    opts,
  );
  new aws.s3.BucketLifecycleConfiguration(
    childName(name, "lifecycle"),
    {
      ...of,
      rules: [
        {
          id: "old-versions",
          status: "Enabled",
          filter: { prefix: "" },
          noncurrentVersionExpiration: { noncurrentDays: FIXED.oldVersionDays },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        },
      ],
    },
    { ...opts, dependsOn: [versioning] },
  );
  return bucket;
}

/** Lets one distribution read the files, and nobody anything without TLS (Security Hub S3.5). */
export function createBucketPolicy(
  name: string,
  bucket: aws.s3.Bucket,
  distributionArn: pulumi.Input<string>,
  opts: Options,
): void {
  const policy = pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ReadByTheDistribution",
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: "s3:GetObject",
        Resource: pulumi.interpolate`${bucket.arn}/*`,
        Condition: { StringEquals: { "AWS:SourceArn": distributionArn } },
      },
      denyPlainHttp("s3:*", [bucket.arn, pulumi.interpolate`${bucket.arn}/*`]),
    ],
  });
  new aws.s3.BucketPolicy(childName(name, "bucket-policy"), { bucket: bucket.bucket, policy }, opts);
}

/** The files, each with its type. */
export function createFiles(
  name: string,
  bucket: aws.s3.Bucket,
  { folder, folderFiles }: WebFrontendSettings,
  files: Record<string, pulumi.Input<string>>,
  opts: Options,
): void {
  const put = (key: string, more: Partial<aws.s3.BucketObjectv2Args>) => {
    new aws.s3.BucketObjectv2(
      `${name}-file-${key}`,
      { bucket: bucket.bucket, key, contentType: contentType(key), cacheControl: FIXED.cacheControl, ...more },
      opts,
    );
  };
  for (const key of folderFiles) put(key, { source: new pulumi.asset.FileAsset(`${folder}/${key}`) });
  for (const [key, text] of Object.entries(files)) put(key, { content: text });
}

import { allowOnBucket, type GuardedBucket, guardedBucket } from "@palisade/storage";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FIXED } from "./defaults.ts";
import { contentType } from "./files.ts";
import type { WebFrontendSettings } from "./validate.ts";

type Options = { parent: pulumi.Resource };

/**
 * The bucket of the page's files, which nobody but the distribution reads, every version kept for a while. Of S3's own key: with one of KMS
 * every visitor's request would be a call of KMS, to keep secret what is public.
 */
export function createBucket(
  name: string,
  { deletable }: WebFrontendSettings,
  tags: Record<string, pulumi.Input<string>>,
  opts: Options,
): GuardedBucket {
  return guardedBucket(
    name,
    "bucket",
    {
      forceDestroy: deletable,
      noncurrentDays: FIXED.oldVersionDays,
      tags,
      formerly: {
        "public-access": `${name}-public-access-block`,
        ownership: `${name}-ownership`,
        encryption: `${name}-encryption`,
        versioning: `${name}-versioning`,
        lifecycle: `${name}-lifecycle`,
      },
    },
    opts,
  );
}

/** Lets one distribution read the files. */
export function allowDistribution(guarded: GuardedBucket, distributionArn: pulumi.Input<string>): void {
  allowOnBucket(guarded, [
    {
      Sid: "ReadByTheDistribution",
      Effect: "Allow",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Action: "s3:GetObject",
      Resource: pulumi.interpolate`${guarded.bucket.arn}/*`,
      Condition: { StringEquals: { "AWS:SourceArn": distributionArn } },
    },
  ]);
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

import type { AwsPlace, PolicyStatement } from "@palisade/core";
import * as pulumi from "@pulumi/pulumi";

/** Using a key for objects of S3, and for nothing else. */
export function bucketKeyStatement(
  kmsKeyArn: pulumi.Input<string>,
  { region }: Pick<AwsPlace, "region">,
  sid: string,
  actions = ["kms:Decrypt", "kms:GenerateDataKey"],
): PolicyStatement {
  return {
    sid,
    actions,
    resources: [kmsKeyArn],
    conditions: { StringEquals: { "kms:ViaService": pulumi.interpolate`s3.${region}.amazonaws.com` } },
  };
}

/** Listing what is under some folders of a bucket. */
export function listStatement(sid: string, bucketArn: pulumi.Input<string>, folders: string[]): PolicyStatement {
  return {
    sid,
    actions: ["s3:ListBucket"],
    resources: [bucketArn],
    conditions: { StringLike: { "s3:prefix": folders.map((folder) => `${folder}*`) } },
  };
}

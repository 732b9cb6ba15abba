import { childName, resourceTags } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CodeSigningArgs } from "./args.ts";

/** The bucket, and its name once what protects it is there. */
export interface CodeBucket {
  bucket: aws.s3.Bucket;
  ready: pulumi.Output<string>;
}

/** The bucket that code is signed in: private, versioned (Signer reads a version), encrypted, reached over TLS only. */
export function codeBucket(
  name: string,
  args: CodeSigningArgs,
  keepReplacedDays: number,
  child: pulumi.CustomResourceOptions,
): CodeBucket {
  const deletable = args.allowDeletion !== undefined;
  const lowered = deletable ? [{ floor: "deletion-protection", reason: args.allowDeletion as string }] : [];
  const bucket = new aws.s3.Bucket(
    childName(name, "bucket"),
    {
      forceDestroy: deletable,
      tags: resourceTags({ component: "CodeSigning", name, teamTags: args.teamTags, lowered }),
    },
    child,
  );
  const of = { bucket: bucket.id };
  const access = new aws.s3.BucketPublicAccessBlock(
    // Security Hub S3.1, S3.8
    childName(name, "public-access"),
    { ...of, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    child,
  );
  new aws.s3.BucketOwnershipControls(
    // Security Hub S3.12
    childName(name, "ownership"),
    { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } },
    child,
  );
  const versioning = new aws.s3.BucketVersioning(
    // Security Hub S3.14
    childName(name, "versioning"),
    { ...of, versioningConfiguration: { status: "Enabled" } },
    child,
  );
  new aws.s3.BucketServerSideEncryptionConfiguration(
    childName(name, "encryption"),
    {
      ...of,
      rules: [
        args.kmsKeyArn === undefined
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
          : {
              applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: args.kmsKeyArn },
              bucketKeyEnabled: true,
            },
      ],
    },
    child,
  );
  new aws.s3.BucketLifecycleConfiguration(
    // Security Hub S3.10, S3.13
    childName(name, "lifecycle"),
    {
      ...of,
      rules: [
        {
          id: "replaced-code",
          status: "Enabled",
          filter: { prefix: "" },
          noncurrentVersionExpiration: { noncurrentDays: keepReplacedDays },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    },
    { ...child, dependsOn: [versioning] },
  );
  // After the block of public access: S3 refuses two changes of a bucket's access at once (hashicorp/terraform-provider-aws#7628).
  new aws.s3.BucketPolicy(
    childName(name, "tls-only"),
    { ...of, policy: tlsOnly(bucket) },
    { ...child, dependsOn: [access] },
  );
  return { bucket, ready: pulumi.all([bucket.id, versioning.id]).apply(([id]) => id) };
}

/** Security Hub S3.5. https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html */
function tlsOnly(bucket: aws.s3.Bucket): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}

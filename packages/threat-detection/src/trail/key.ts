import { type AwsPlace, arnIn, childName, keyOfAccount } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FIXED } from "./defaults.ts";

/**
 * The key of the log files and of the log group. CloudTrail encrypts with it, for this trail alone; who reads needs `kms:Decrypt` by IAM.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
export function createTrailKey(
  name: string,
  place: AwsPlace,
  trailArn: pulumi.Input<string>,
  tags: Record<string, pulumi.Input<string>>,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const Resource = "*"; // In a key's policy, the key itself.
  const policy = pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      keyOfAccount("AccountDecidesByIam", place),
      {
        Sid: "TrailEncrypts",
        Effect: "Allow",
        Principal: { Service: "cloudtrail.amazonaws.com" },
        Action: ["kms:GenerateDataKey*", "kms:DescribeKey"],
        Resource,
        Condition: { StringEquals: { "aws:SourceArn": trailArn } },
      },
      {
        Sid: "LogGroupEncrypts",
        Effect: "Allow",
        Principal: { Service: pulumi.interpolate`logs.${place.region}.amazonaws.com` },
        Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
        Resource,
        Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": arnIn(place, "logs", "log-group:*") } },
      },
    ],
  });
  const key = new aws.kms.Key(
    childName(name, "key"),
    {
      description: "Encrypts the audit trail",
      enableKeyRotation: true, // Security Hub KMS.4
      deletionWindowInDays: FIXED.KEY_DELETION_DAYS,
      policy,
      tags,
    },
    // Without its key the trail's evidence cannot be read: it stays as the bucket does.
    { ...opts, protect: true, retainOnDelete: true },
  );
  return key.arn;
}

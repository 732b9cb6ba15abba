import type { AwsPlace } from "@palisade/core";
import type * as pulumi from "@pulumi/pulumi";
import { createRotatingKey, logGroupsUse } from "../rotating-key.ts";

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
  const statements = [
    {
      Sid: "TrailEncrypts",
      Principal: { Service: "cloudtrail.amazonaws.com" },
      Action: ["kms:GenerateDataKey*", "kms:DescribeKey"],
      Condition: { StringEquals: { "aws:SourceArn": trailArn } },
    },
    logGroupsUse("LogGroupEncrypts", place),
  ];
  const key = { role: "key", description: "Encrypts the audit trail", place, statements, tags };
  // Without its key the trail's evidence cannot be read: it stays as the bucket does.
  return createRotatingKey(name, key, { ...opts, protect: true, retainOnDelete: true });
}

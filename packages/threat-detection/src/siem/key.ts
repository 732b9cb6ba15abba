import { type AwsPlace, arnIn, childName, keyOfAccount } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FIXED } from "./defaults.ts";

/** The key of the server, the stream, the failed records, the dead letters and the logs. OpenSearch and Firehose use it by grants. */
export function createSiemKey(
  name: string,
  place: AwsPlace,
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
): pulumi.Output<string> {
  const Resource = "*"; // In a key's policy, the key itself.
  const policy = pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      keyOfAccount("AccountDecidesByIam", place),
      {
        Sid: "LogGroupsEncrypt",
        Effect: "Allow",
        Principal: { Service: pulumi.interpolate`logs.${place.region}.amazonaws.com` },
        Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
        Resource,
        Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": arnIn(place, "logs", "log-group:*") } },
      },
      {
        Sid: "EventBridgePutsAside",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: ["kms:GenerateDataKey", "kms:Decrypt"],
        Resource,
        Condition: {
          StringEquals: { "aws:SourceAccount": place.accountId },
          ArnLike: { "aws:SourceArn": arnIn(place, "events", "rule/*") },
        },
      },
    ],
  });
  const key = new aws.kms.Key(
    childName(name, "key"),
    {
      description: "Encrypts the events that are searched",
      enableKeyRotation: true, // Security Hub KMS.4
      deletionWindowInDays: FIXED.KEY_DELETION_DAYS,
      policy,
      tags,
    },
    opts,
  );
  return key.arn;
}

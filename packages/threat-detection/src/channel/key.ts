import { type AwsPlace, arnIn, childName, keyOfAccount } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FIXED } from "./defaults.ts";

/**
 * The key of the topic, the queues and the table. EventBridge and SNS must be allowed to use it: with the keys that AWS manages for SQS
 * and SNS they are not, and what they deliver is lost without an error.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html#compatibility-with-aws-services
 */
export function createKey(
  name: string,
  place: AwsPlace,
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
): pulumi.Output<string> {
  const key = new aws.kms.Key(
    childName(name, "key"),
    {
      description: "Encrypts security findings on their way to people",
      enableKeyRotation: true, // Security Hub KMS.4
      deletionWindowInDays: FIXED.KEY_DELETION_DAYS,
      policy: keyPolicy(place),
      tags,
    },
    opts,
  );
  return key.arn;
}

function keyPolicy(place: AwsPlace): pulumi.Output<string> {
  // In a key's policy a star is the key itself. https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
  const Resource = "*";
  const ofThisAccount = { StringEquals: { "aws:SourceAccount": place.accountId } };
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      keyOfAccount("AccountDecidesByIam", place),
      {
        Sid: "EventBridgeSendsToQueue",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: ["kms:GenerateDataKey", "kms:Decrypt"],
        Resource,
        Condition: { ...ofThisAccount, ArnLike: { "aws:SourceArn": arnIn(place, "events", "rule/*") } },
      },
      {
        Sid: "TopicSendsToQueues",
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: ["kms:GenerateDataKey", "kms:Decrypt"],
        Resource,
        Condition: ofThisAccount,
      },
      {
        Sid: "AlarmsPublish",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["kms:GenerateDataKey", "kms:Decrypt"],
        Resource,
        Condition: ofThisAccount,
      },
    ],
  });
}

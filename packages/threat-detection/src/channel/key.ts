import type { AwsPlace } from "@palisade/core";
import type * as pulumi from "@pulumi/pulumi";
import { createRotatingKey, eventBridgeUses, type KeyStatement } from "../rotating-key.ts";

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
  const statements = [
    eventBridgeUses("EventBridgeSendsToQueue", place),
    serviceUses("TopicSendsToQueues", "sns.amazonaws.com", place),
    serviceUses("AlarmsPublish", "cloudwatch.amazonaws.com", place),
  ];
  const description = "Encrypts security findings on their way to people";
  return createRotatingKey(name, { role: "key", description, place, statements, tags }, opts);
}

function serviceUses(Sid: string, Service: string, { accountId }: AwsPlace): KeyStatement {
  const Condition = { StringEquals: { "aws:SourceAccount": accountId } };
  return { Sid, Principal: { Service }, Action: ["kms:GenerateDataKey", "kms:Decrypt"], Condition };
}

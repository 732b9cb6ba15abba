import { type AwsPlace, childName, denyPlainHttp } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { FindingChannelArgs } from "./args.ts";
import { TOPIC_DISPLAY_NAME } from "./defaults.ts";

/** What the topic is built from. */
export interface TopicParts {
  args: FindingChannelArgs;
  place: AwsPlace;
  kmsKeyArn: pulumi.Input<string>;
  deadLetterQueueArn: pulumi.Input<string>;
  tags: Record<string, pulumi.Input<string>>;
}

/**
 * The topic that people listen to. Nobody but this account publishes, and only over TLS (Security Hub SNS.1 and SNS.4, CloudWatch's alarms
 * included).
 */
export function createTopic(name: string, parts: TopicParts, opts: { parent: pulumi.Resource }): aws.sns.Topic {
  const { place, kmsKeyArn, tags } = parts;
  const topic = new aws.sns.Topic(
    childName(name, "topic"),
    { displayName: TOPIC_DISPLAY_NAME, kmsMasterKeyId: kmsKeyArn, tags },
    opts,
  );
  new aws.sns.TopicPolicy(
    childName(name, "topic-policy"),
    { arn: topic.arn, policy: topicPolicy(topic.arn, place) },
    opts,
  );
  return topic;
}

function topicPolicy(Resource: pulumi.Output<string>, place: AwsPlace): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "OwnAccountByIam",
        Effect: "Allow",
        Principal: { AWS: pulumi.interpolate`arn:${place.partition}:iam::${place.accountId}:root` },
        Action: ["sns:Publish", "sns:Subscribe", "sns:GetTopicAttributes"],
        Resource,
      },
      {
        Sid: "AlarmsOfOwnAccount",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource,
        Condition: { StringEquals: { "aws:SourceAccount": place.accountId } },
      },
      denyPlainHttp("sns:Publish", Resource),
    ],
  });
}

/** Who is told. What a queue does not take is put aside; an e-mail has no such thing, SNS's own tries are all there is. */
export function createSubscriptions(
  name: string,
  topic: aws.sns.Topic,
  { args, deadLetterQueueArn }: TopicParts,
  opts: { parent: pulumi.Resource },
): void {
  for (const address of args.emailAddresses ?? []) {
    const role = address.toLowerCase().replace(/[^a-z0-9]+/g, "-");
    new aws.sns.TopicSubscription(
      childName(name, `email-${role}`),
      { topic: topic.arn, protocol: "email", endpoint: address },
      opts,
    );
  }
  for (const [key, endpoint] of Object.entries(args.queueArns ?? {})) {
    new aws.sns.TopicSubscription(
      childName(name, `queue-${key}`),
      {
        topic: topic.arn,
        protocol: "sqs",
        endpoint,
        redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: deadLetterQueueArn }),
      },
      opts,
    );
  }
}

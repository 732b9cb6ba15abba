import { type AwsPlace, childName, trustDocument } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { SlackChannel } from "./args.ts";

/** A Slack channel that listens to the topic, and from which no command of AWS can be given. */
export function createSlackChannel(
  name: string,
  { workspaceId, channelId }: SlackChannel,
  topic: aws.sns.Topic,
  place: AwsPlace,
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
): void {
  const role = new aws.iam.Role(
    childName(name, "slack-role"),
    {
      description: "Has no rights: the Slack channel only listens",
      // The service sends neither aws:SourceAccount nor aws:SourceArn that it documents.
      assumeRolePolicy: trustDocument({ service: "chatbot.amazonaws.com", sourceAccount: place.accountId }),
      tags,
    },
    opts,
  );
  new aws.chatbot.SlackChannelConfiguration(
    childName(name, "slack"),
    {
      configurationName: childName(name, "slack"),
      iamRoleArn: role.arn,
      // The most that a command typed in the channel may do: nothing.
      guardrailPolicyArns: [pulumi.interpolate`arn:${place.partition}:iam::aws:policy/AWSDenyAll`],
      slackTeamId: workspaceId,
      slackChannelId: channelId,
      snsTopicArns: [topic.arn],
      loggingLevel: "ERROR",
      tags,
    },
    opts,
  );
}

import { type AwsPlace, childName, trustDocument } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { SlackChannel, TeamsChannel } from "./args.ts";

/** What a channel of Amazon Q Developer in chat applications is built from. */
export interface ChatParts {
  topicArn: pulumi.Input<string>;
  place: AwsPlace;
  tags: Record<string, pulumi.Input<string>>;
}

/** A Slack channel that listens to the topic, and from which no command of AWS can be given. */
export function createSlackChannel(
  name: string,
  { workspaceId, channelId }: SlackChannel,
  parts: ChatParts,
  opts: { parent: pulumi.Resource },
): void {
  new aws.chatbot.SlackChannelConfiguration(
    childName(name, "slack"),
    { ...listening(name, "slack", parts, opts), slackTeamId: workspaceId, slackChannelId: channelId },
    opts,
  );
}

/** A Teams channel that listens to the topic, and from which no command of AWS can be given. */
export function createTeamsChannel(
  name: string,
  { tenantId, teamId, channelId }: TeamsChannel,
  parts: ChatParts,
  opts: { parent: pulumi.Resource },
): void {
  new aws.chatbot.TeamsChannelConfiguration(
    childName(name, "teams"),
    { ...listening(name, "teams", parts, opts), tenantId, teamId, channelId },
    opts,
  );
}

/** A configuration, with a role of its own, that lets nothing be done. */
function listening(
  name: string,
  kind: "slack" | "teams",
  { topicArn, place, tags }: ChatParts,
  opts: { parent: pulumi.Resource },
) {
  const role = new aws.iam.Role(
    childName(name, `${kind}-role`),
    {
      description: `Has no rights: the ${kind === "slack" ? "Slack" : "Teams"} channel only listens`,
      // The service sends neither aws:SourceAccount nor aws:SourceArn that it documents.
      assumeRolePolicy: trustDocument({ service: "chatbot.amazonaws.com", sourceAccount: place.accountId }),
      tags,
    },
    opts,
  );
  return {
    configurationName: childName(name, kind),
    iamRoleArn: role.arn,
    // The most that a command typed in the channel may do: nothing.
    guardrailPolicyArns: [pulumi.interpolate`arn:${place.partition}:iam::aws:policy/AWSDenyAll`],
    snsTopicArns: [topicArn],
    loggingLevel: "ERROR",
    tags,
  };
}

import { type AwsPlace, arnIn, childName, denyPlainHttp } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FIXED } from "./defaults.ts";

/** The queues of a channel. */
export interface ChannelQueues {
  /** Findings that are to be sent. */
  findings: aws.sqs.Queue;
  /** Findings, and messages to queues, that could not be delivered. */
  deadLetters: aws.sqs.Queue;
}

/** What the queues are built from. */
export interface QueueParts {
  place: AwsPlace;
  kmsKeyArn: pulumi.Input<string>;
  maximumReceives: pulumi.Input<number>;
  tags: Record<string, pulumi.Input<string>>;
}

/**
 * A queue between EventBridge and the notifier, so that a burst or a broken notifier loses nothing, and one for what cannot be sent.
 * `aws sqs start-message-move-task` puts it back after the mend.
 */
export function createQueues(name: string, parts: QueueParts, opts: { parent: pulumi.Resource }): ChannelQueues {
  const common = {
    kmsMasterKeyId: parts.kmsKeyArn, // Security Hub SQS.1
    kmsDataKeyReusePeriodSeconds: FIXED.DATA_KEY_SECONDS,
    messageRetentionSeconds: FIXED.RETENTION_SECONDS,
    tags: parts.tags,
  };
  const deadLetters = new aws.sqs.Queue(childName(name, "dead-letters"), common, opts);
  const findings = new aws.sqs.Queue(
    childName(name, "findings"),
    {
      ...common,
      visibilityTimeoutSeconds: FIXED.VISIBILITY_SECONDS,
      redrivePolicy: pulumi.jsonStringify({
        deadLetterTargetArn: deadLetters.arn,
        maxReceiveCount: parts.maximumReceives,
      }),
    },
    opts,
  );
  const { place } = parts;
  allowSenders(childName(name, "findings-policy"), findings, [eventBridge(findings, place)], opts);
  allowSenders(
    childName(name, "dead-letters-policy"),
    deadLetters,
    [eventBridge(deadLetters, place), topicOfAccount(deadLetters, place)],
    opts,
  );
  return { findings, deadLetters };
}

function eventBridge(queue: aws.sqs.Queue, place: AwsPlace) {
  return {
    Sid: "RulesOfOwnAccount",
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: queue.arn,
    Condition: {
      StringEquals: { "aws:SourceAccount": place.accountId },
      ArnLike: { "aws:SourceArn": arnIn(place, "events", "rule/*") },
    },
  };
}

// The topic's own ARN would make a circle: its subscriptions name this queue.
function topicOfAccount(queue: aws.sqs.Queue, place: AwsPlace) {
  return {
    Sid: "TopicsOfOwnAccount",
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: queue.arn,
    Condition: {
      StringEquals: { "aws:SourceAccount": place.accountId },
      ArnLike: { "aws:SourceArn": arnIn(place, "sns", "*") },
    },
  };
}

function allowSenders(
  logicalName: string,
  queue: aws.sqs.Queue,
  senders: unknown[],
  opts: { parent: pulumi.Resource },
): void {
  const policy = pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [...senders, denyPlainHttp("sqs:*", queue.arn)],
  });
  new aws.sqs.QueuePolicy(logicalName, { queueUrl: queue.url, policy }, opts);
}

import { type PolicyStatement, resourceTags } from "@palisade/core";
import { guardedTable } from "@palisade/storage";
import * as pulumi from "@pulumi/pulumi";
import { placeOf } from "../place.ts";
import type { FindingChannelArgs } from "./args.ts";
import { createSlackChannel, createTeamsChannel } from "./chat.ts";
import { MAXIMUM_RECEIVES } from "./defaults.ts";
import { createKey } from "./key.ts";
import { createQueues } from "./queues.ts";
import { createSubscriptions, createTopic } from "./topic.ts";
import { validateChannel } from "./validate.ts";

/**
 * The way from a finding to a person: a queue in which findings wait, a table of what was sent, and an encrypted topic with its
 * subscribers. `ThreatDetection` puts findings into it; a function of the notifier's code takes them from the queue to the topic. It
 * stands apart from both because that function needs its names first.
 */
export class FindingChannel extends pulumi.ComponentResource {
  /** The ARN of the topic that people listen to. Alarms may use it too. */
  public readonly topicArn: pulumi.Output<string>;
  /** The ARN of the queue of findings that are to be sent. */
  public readonly queueArn: pulumi.Output<string>;
  /** The name of that queue, for alarms. */
  public readonly queueName: pulumi.Output<string>;
  /** The ARN of the queue of what could not be delivered. */
  public readonly deadLetterQueueArn: pulumi.Output<string>;
  /** The name of that queue, for alarms. */
  public readonly deadLetterQueueName: pulumi.Output<string>;
  /** The name of the table of what was sent. */
  public readonly tableName: pulumi.Output<string>;
  /** The ARN of that table. */
  public readonly tableArn: pulumi.Output<string>;
  /** The ARN of the key of them all. */
  public readonly kmsKeyArn: pulumi.Output<string>;

  /**
   * @param name The logical name; every child's begins with it.
   * @param args Who is told. Every option has a default.
   * @param opts Pulumi's options; `transforms` reaches every child.
   * @throws PalisadeError before any child is created, when an argument is not allowed.
   */
  constructor(name: string, args: FindingChannelArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:FindingChannel", name, {}, opts);
    const child = { parent: this };
    const lowered = validateChannel(name, args);
    const tagged = { component: "FindingChannel", name, teamTags: args.teamTags };
    const tags = resourceTags(tagged);
    const place = placeOf(child);

    const kmsKeyArn = pulumi.output(args.kmsKeyArn ?? createKey(name, place, tags, child));
    const maximumReceives = args.maximumReceives ?? MAXIMUM_RECEIVES;
    const { findings, deadLetters } = createQueues(name, { place, kmsKeyArn, maximumReceives, tags }, child);
    // What was sent, so that nothing is sent twice. It holds ids, counts and times, which last a day or a week.
    const tableTags = resourceTags({ ...tagged, lowered });
    const table = guardedTable(name, { tags: tableTags, kmsKeyArn, deletable: lowered.length > 0 }, child);
    const topicParts = { args, place, kmsKeyArn, deadLetterQueueArn: deadLetters.arn, tags };
    const topic = createTopic(name, topicParts, child);
    createSubscriptions(name, topic, topicParts, child);
    const chat = { topicArn: topic.arn, place, tags };
    if (args.slack !== undefined) createSlackChannel(name, args.slack, chat, child);
    if (args.teams !== undefined) createTeamsChannel(name, args.teams, chat, child);

    this.topicArn = topic.arn;
    this.queueArn = findings.arn;
    this.queueName = findings.name;
    this.deadLetterQueueArn = deadLetters.arn;
    this.deadLetterQueueName = deadLetters.name;
    this.tableName = table.name;
    this.tableArn = table.arn;
    this.kmsKeyArn = kmsKeyArn;
    this.registerOutputs({
      topicArn: this.topicArn,
      queueArn: this.queueArn,
      queueName: this.queueName,
      deadLetterQueueArn: this.deadLetterQueueArn,
      deadLetterQueueName: this.deadLetterQueueName,
      tableName: this.tableName,
      tableArn: this.tableArn,
      kmsKeyArn: this.kmsKeyArn,
    });
  }

  /** What the notifier's role needs: the queue, the table, the topic and their key, and nothing else. */
  notifierStatements(): PolicyStatement[] {
    return [
      {
        sid: "TakeFindings",
        actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
        resources: [this.queueArn],
      },
      {
        sid: "RememberFindings",
        actions: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"],
        resources: [this.tableArn],
      },
      { sid: "TellPeople", actions: ["sns:Publish"], resources: [this.topicArn] },
      { sid: "ChannelKey", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [this.kmsKeyArn] },
    ];
  }

  /** The notifier's environment. */
  notifierEnvironment(): Record<string, pulumi.Input<string>> {
    return { TOPIC_ARN: this.topicArn, NOTIFICATION_TABLE: this.tableName };
  }
}

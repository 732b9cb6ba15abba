import type * as pulumi from "@pulumi/pulumi";

/** The options of a FindingChannel. All have defaults. */
export interface FindingChannelArgs {
  /**
   * E-mail addresses that are told. AWS sends each a message with a link, and nothing else until the link is opened. The list must be a
   * literal. Default: none.
   *
   * @default - none
   * @example
   * { emailAddresses: ["security@example.com"] }
   */
  emailAddresses?: string[];
  /**
   * A Slack channel that is told, through Amazon Q Developer in chat applications. The workspace must have been authorized in the console
   * before. Whether it is given must be known when the program runs. Default: none.
   *
   * @default - none
   * @example
   * { slack: { workspaceId: "T01234567", channelId: "C01234567" } }
   */
  slack?: SlackChannel;
  /**
   * A channel of Microsoft Teams that is told, as `slack` is. The tenant must have been authorized in the console before. Whether it is given
   * must be known when the program runs. Default: none.
   *
   * @default - none
   * @example
   * { teams: { tenantId: "0a1b…", teamId: "2c3d…", channelId: "19%3Aab…%40thread.tacv2" } }
   */
  teams?: TeamsChannel;
  /**
   * ARNs of SQS queues that are told, for a ticket system or a test. The keys name the subscriptions; they must be literals. A queue's
   * policy must let the topic send to it. Default: none.
   *
   * @default - none
   * @example
   * { queueArns: { tickets: queue.arn } }
   */
  queueArns?: Record<string, pulumi.Input<string>>;
  /**
   * How often the notifier is given a finding that it fails on, before the finding goes to the dead-letter queue, from 1 to 1000. Tries are
   * six minutes apart. Default: 5.
   *
   * @default 5
   * @example
   * { maximumReceives: 10 }
   */
  maximumReceives?: pulumi.Input<number>;
  /**
   * The ARN of the KMS key of the topic, the queues and the table. Its policy must let EventBridge and SNS use it (`keyStatements` of the
   * README): a key that does not loses every finding without a word. Whether it is given must be known when the program runs. Default: a
   * key of its own, about a dollar a month.
   *
   * @default - a key of its own
   * @example
   * { kmsKeyArn: key.arn }
   */
  kmsKeyArn?: pulumi.Input<string>;
  /**
   * Why the channel's table may be deleted with the stack, as a sentence; it becomes the tag
   * `palisade:lowered:finding-table-deletion-protection`. Default: none, deletion is refused.
   *
   * @default - deletion is refused
   * @example
   * { allowDeletion: "dev is made anew at will" }
   */
  allowDeletion?: string;
  /**
   * Tags of the team, on every resource that has tags. Names that begin with `palisade:` or `aws:` are refused. Default: none.
   *
   * @default - none
   * @example
   * { teamTags: { team: "security" } }
   */
  teamTags?: Record<string, pulumi.Input<string>>;
}

/** A channel of Microsoft Teams, by the ids of "Get link to channel". */
export interface TeamsChannel {
  /** The id of the tenant, a UUID. */
  tenantId: pulumi.Input<string>;
  /** The id of the team, a UUID: the link's `groupId`. */
  teamId: pulumi.Input<string>;
  /** The id of the channel, as it is in the link: `19%3A…%40thread.tacv2`. */
  channelId: pulumi.Input<string>;
}

/** A channel of Slack. */
export interface SlackChannel {
  /** The id of the workspace, as the console shows it: `T` and more. */
  workspaceId: pulumi.Input<string>;
  /** The id of the channel: `C` and more. */
  channelId: pulumi.Input<string>;
}

import type * as pulumi from "@pulumi/pulumi";

/** Calls to what a resource holds, which a trail records only when it is told to. Each is priced by the event. */
export enum DataEvents {
  /** Reads and writes of S3's objects, of every bucket but the trail's own (CIS 3.8 and 3.9, Security Hub S3.22 and S3.23). */
  S3Objects = "S3_OBJECTS",
  /** Invocations of Lambda functions. */
  LambdaInvocations = "LAMBDA_INVOCATIONS",
  /** Reads and writes of DynamoDB's items. */
  DynamoDbItems = "DYNAMODB_ITEMS",
  /** Statements through the RDS Data API. */
  RdsDataApi = "RDS_DATA_API",
}

/** How firmly the log files are kept for `lockDays`. */
export enum LockMode {
  /** Nobody deletes a file but who has `s3:BypassGovernanceRetention`. */
  Governance = "GOVERNANCE",
  /** Nobody deletes a file at all, the root user included; and nobody shortens the time. */
  Compliance = "COMPLIANCE",
}

/** The options of an AuditTrail. All have defaults. */
export interface AuditTrailArgs {
  /**
   * Which calls beside the management events are recorded. Must be a literal. Default: all four; an account whose objects or items are called
   * millions of times a day may want fewer.
   *
   * @default - all four
   * @example
   * { dataEvents: [DataEvents.S3Objects, DataEvents.RdsDataApi] }
   */
  dataEvents?: DataEvents[];
  /**
   * Why data events that the defaults have are left out, as a sentence; it becomes the tag `palisade:lowered:trail-data-events`. Needed
   * when `dataEvents` leaves one out. Default: none.
   *
   * @default - none
   * @example
   * { dataEvents: [DataEvents.RdsDataApi], declinedDataEvents: "the account's buckets hold public files only" }
   */
  declinedDataEvents?: string;
  /**
   * The id of the organization whose every account is recorded, `o-` and more. The stack must run in the management account or in that of
   * a delegated administrator. Whether it is given must be known when the program runs. Default: none, the trail is this account's.
   *
   * @default - this account's trail
   * @example
   * { organizationId: "o-a1b2c3d4e5" }
   */
  organizationId?: pulumi.Input<string>;
  /**
   * Days for which no log file can be deleted or changed, from 1 to 36500. Default: 365.
   *
   * @default 365
   * @example
   * { lockDays: 2555 }
   */
  lockDays?: number;
  /**
   * How firmly. With `Compliance` neither a mistake nor the account's root user can undo it before `lockDays` are over. Default: governance.
   *
   * @default GOVERNANCE
   * @example
   * { lockMode: LockMode.Compliance }
   */
  lockMode?: LockMode;
  /**
   * Days after which log files are deleted, more than `lockDays`. Default: 2557, seven years.
   *
   * @default 2557
   * @example
   * { expirationDays: 3653 }
   */
  expirationDays?: number;
  /**
   * Days that the trail's log group is kept, one of the numbers that CloudWatch Logs accepts. Default: 365.
   *
   * @default 365
   * @example
   * { logRetentionDays: 731 }
   */
  logRetentionDays?: pulumi.Input<number>;
  /**
   * The ARN of the KMS key of the log files and the log group. Its policy must let CloudTrail and CloudWatch Logs use it. Whether it is given
   * must be known when the program runs. Default: a key of its own, about a dollar a month.
   *
   * @default - a key of its own
   * @example
   * { kmsKeyArn: key.arn }
   */
  kmsKeyArn?: pulumi.Input<string>;
  /**
   * The ARN of the topic that is told when an alarm of the CIS benchmark is raised: its key's and its own policy must let CloudWatch
   * publish. A `FindingChannel`'s topic is one. Whether it is given must be known when the program runs. Default: none, and no alarms; the
   * metrics are there.
   *
   * @default - no alarms
   * @example
   * { alarmTopicArn: channel.topicArn }
   */
  alarmTopicArn?: pulumi.Input<string>;
  /**
   * Tags of the team, on every resource that has tags. Names that begin with `palisade:` or `aws:` are refused. Default: none.
   *
   * @default - none
   * @example
   * { teamTags: { team: "security" } }
   */
  teamTags?: Record<string, pulumi.Input<string>>;
}

import type { FunctionRef } from "@palisade/core";
import type * as pulumi from "@pulumi/pulumi";

/** What GuardDuty watches beside its foundations (CloudTrail's management events, VPC flow logs and DNS logs). */
export enum DetectorFeature {
  /** The network activity of Lambda functions, in a VPC or not (Security Hub GuardDuty.6). */
  LambdaNetworkLogs = "LAMBDA_NETWORK_LOGS",
  /** Reads and writes of S3's objects (GuardDuty.10). */
  S3DataEvents = "S3_DATA_EVENTS",
  /** Sign-ins to Aurora and RDS databases (GuardDuty.9). */
  RdsLoginEvents = "RDS_LOGIN_EVENTS",
  /** Audit logs of EKS (GuardDuty.5). */
  EksAuditLogs = "EKS_AUDIT_LOGS",
  /** Scans of the disks of EC2 instances (GuardDuty.8). */
  EbsMalwareProtection = "EBS_MALWARE_PROTECTION",
  /** What runs inside of EC2, ECS and EKS (GuardDuty.7, .11, .12 and .13). */
  RuntimeMonitoring = "RUNTIME_MONITORING",
}

/** How soon GuardDuty tells of a finding that goes on. A new finding is told within five minutes. */
export enum PublishingFrequency {
  FifteenMinutes = "FIFTEEN_MINUTES",
  OneHour = "ONE_HOUR",
  SixHours = "SIX_HOURS",
}

/** A `FindingChannel` by shape. */
export interface FindingChannelRef {
  /** The ARN of the queue that findings are put into. */
  queueArn: pulumi.Input<string>;
  /** The queue's name. */
  queueName: pulumi.Input<string>;
  /** The ARN of the queue of what could not be delivered. */
  deadLetterQueueArn: pulumi.Input<string>;
  /** That queue's name. */
  deadLetterQueueName: pulumi.Input<string>;
  /** The ARN of the topic that people listen to. */
  topicArn: pulumi.Input<string>;
}

/** The options of a ThreatDetection. */
export interface ThreatDetectionArgs {
  /**
   * Where findings go: a `FindingChannel`, or the names of queues and a topic with its policies.
   *
   * @example
   * { channel, notifier }
   */
  channel: FindingChannelRef;
  /**
   * The function that takes findings from the channel's queue to its topic: a `HardenedFunction` of the code `finding-notifier`, with the
   * channel's `notifierStatements()` and `notifierEnvironment()`, and a time limit of 60 seconds at most.
   *
   * @example
   * { channel, notifier }
   */
  notifier: FunctionRef;
  /**
   * The id of the account's GuardDuty detector in this region, to adopt it: nothing of it is changed, and `features` of it are its owner's.
   * AWS allows one in an account and region. Whether it is given must be known when the program runs. Default: one is made, is protected, and
   * stays when the stack is destroyed.
   *
   * @default - one is made, and kept
   * @example
   * { channel, notifier, existingDetectorId: "12abc34d567e8fa901bc2d34e56789f0" }
   */
  existingDetectorId?: pulumi.Input<string>;
  /**
   * Regions beside the provider's own, in which GuardDuty is too: an attacker uses the one where nobody looks. Their findings come to the
   * provider's own region. Must be a literal. Default: none.
   *
   * @default - the provider's region alone
   * @example
   * { channel, notifier, regions: ["eu-west-1", "us-east-1"] }
   */
  regions?: string[];
  /**
   * Ids of the detectors that `regions` have already, by the region, to adopt them as `existingDetectorId` does. Default: one is made in
   * each, and kept.
   *
   * @default - one is made in each, and kept
   * @example
   * { channel, notifier, regions: ["eu-west-1"], existingDetectorIds: { "eu-west-1": "12abc34d567e8fa901bc2d34e56789f0" } }
   */
  existingDetectorIds?: Record<string, pulumi.Input<string>>;
  /**
   * The account that administers GuardDuty for the whole organization, twelve digits. Only the organization's management account can say so.
   * Default: none.
   *
   * @default - none
   * @example
   * { channel, notifier, delegatedAdministrator: "111122223333" }
   */
  delegatedAdministrator?: pulumi.Input<string>;
  /**
   * Features beside those that are on by default (Lambda, S3 and RDS, which a serverless API has). Each is priced by use. Must be a
   * literal. Default: none.
   *
   * @default - none beside Lambda, S3 and RDS
   * @example
   * { channel, notifier, furtherFeatures: [DetectorFeature.EksAuditLogs] }
   */
  furtherFeatures?: DetectorFeature[];
  /**
   * Features of the three defaults that the account does not need: the feature, and why, as a sentence. Each becomes the tag
   * `palisade:lowered:guardduty-<feature>` of the detector. Must be a literal. Default: none.
   *
   * @default - none
   * @example
   * { channel, notifier, declinedFeatures: { RDS_LOGIN_EVENTS: "the account has no database" } }
   */
  declinedFeatures?: Record<string, string>;
  /**
   * The least severity of a finding that a person is told of, from 1 to 9. All findings are logged. Default: 4, which GuardDuty calls
   * medium.
   *
   * @default 4
   * @example
   * { channel, notifier, minimumSeverity: 7 }
   */
  minimumSeverity?: number;
  /**
   * Types of findings that nobody is told of: the type, and why, as a sentence. They are logged. Each becomes a tag
   * `palisade:lowered:muted-<type>` of the rule. Must be a literal. Default: none.
   *
   * @default - none
   * @example
   * { channel, notifier, mutedTypes: { "PenTest:IAMUser/KaliLinux": "our own testers work from Kali until 2027-01-31" } }
   */
  mutedTypes?: Record<string, string>;
  /**
   * How soon GuardDuty tells of a finding that goes on. It is ignored with `existingDetectorId`. Default: every 15 minutes.
   *
   * @default FIFTEEN_MINUTES
   * @example
   * { channel, notifier, publishingFrequency: PublishingFrequency.OneHour }
   */
  publishingFrequency?: PublishingFrequency;
  /**
   * Days that the log of all findings is kept, one of the numbers that CloudWatch Logs accepts. Default: 365.
   *
   * @default 365
   * @example
   * { channel, notifier, logRetentionDays: 731 }
   */
  logRetentionDays?: pulumi.Input<number>;
  /**
   * The ARN of a KMS key for that log. Its policy must let CloudWatch Logs of the region use it. Whether it is given must be known when the
   * program runs. Default: a key that AWS owns.
   *
   * @default - encryption with a key that AWS owns
   * @example
   * { channel, notifier, kmsKeyArn: key.arn }
   */
  kmsKeyArn?: pulumi.Input<string>;
  /**
   * The ARN of the topic that is told when findings do not reach people. One of its own is better than the channel's, which may be what
   * failed. Default: the channel's topic.
   *
   * @default - the channel's topic
   * @example
   * { channel, notifier, alarmTopicArn: operations.arn }
   */
  alarmTopicArn?: pulumi.Input<string>;
  /**
   * Tags of the team, on every resource that has tags. Names that begin with `palisade:` or `aws:` are refused. Default: none.
   *
   * @default - none
   * @example
   * { channel, notifier, teamTags: { team: "security" } }
   */
  teamTags?: Record<string, pulumi.Input<string>>;
}

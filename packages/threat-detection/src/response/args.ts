import type { FunctionRef } from "@palisade/core";
import type * as pulumi from "@pulumi/pulumi";

/** Whether the responder does what the plan says. */
export enum ResponseMode {
  /** What would be done is announced, and not done. */
  DryRun = "dry-run",
  /** It is done, and announced. */
  Act = "act",
}

/** A `FindingChannel` by shape, as far as responses need one. */
export interface ResponseChannelRef {
  /** The ARN of the topic that people listen to. */
  topicArn: pulumi.Input<string>;
  /** The ARN of the channel's key: EventBridge and SNS may use it. */
  kmsKeyArn: pulumi.Input<string>;
}

/** Functions that are stopped: their reserved concurrency becomes zero. */
export interface QuarantineArgs {
  /**
   * ARNs of the functions that may be stopped; `*` stands for any characters, and needs `wildcardReason`. The responder's role has rights
   * over these alone. The list must be a literal, its items need not.
   *
   * @example
   * { functionArns: [orders.functionArn, catalog.functionArn] }
   */
  functionArns: pulumi.Input<string>[];
  /**
   * Why an ARN has a wildcard, as a sentence. It becomes a tag of the responder's role. Default: none, none allowed.
   *
   * @default - no wildcard
   */
  wildcardReason?: string;
  /**
   * Names of functions that are never stopped, such as the authorizer of every API. The notifier and the responder are always among them.
   * Default: none beside these two.
   *
   * @default - the notifier and the responder
   */
  protectedFunctions?: pulumi.Input<string>[];
  /**
   * Types of findings that stop a function; `*` stands for any characters. Default: every finding of Lambda Protection.
   *
   * @default ["*:Lambda/*"]
   */
  types?: string[];
  /**
   * The least severity of a finding that does, from 1 to 10. Default: 7, which GuardDuty calls high.
   *
   * @default 7
   */
  minimumSeverity?: number;
}

/** Roles whose sessions are revoked, as IAM's console does: credentials that were given out before are denied everything. */
export interface RevokeSessionsArgs {
  /**
   * ARNs of the roles whose sessions may be revoked; `*` stands for any characters, and needs `wildcardReason`. The responder may write
   * inline policies of these alone. The list must be a literal, its items need not.
   *
   * @example
   * { roleArns: [orders.roleArn] }
   */
  roleArns: pulumi.Input<string>[];
  /**
   * The ARN of the permissions boundary that the roles have. Who may write a role's inline policies could give it any right: with this, the
   * responder may write those of roles with the boundary only, so that what it could give ends there. Whether it is given must be known when
   * the program runs. Default: none, and the responder is trusted with the roles.
   *
   * @default - none
   */
  permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * Why an ARN has a wildcard, as a sentence. It becomes a tag of the responder's role. Default: none, none allowed.
   *
   * @default - no wildcard
   */
  wildcardReason?: string;
  /**
   * Names of roles whose sessions are never revoked, such as the one with which the stage is deployed. Default: none.
   *
   * @default - none
   */
  protectedRoles?: pulumi.Input<string>[];
  /**
   * Types of findings that revoke sessions; `*` stands for any characters. Default: those by which credentials are known to have left.
   *
   * @default ["*:IAMUser/ResourceCredentialExfiltration.*", "*:IAMUser/InstanceCredentialExfiltration.*", "*:IAMUser/CompromisedCredentials", "Trojan:Lambda/DropPoint", "Backdoor:Lambda/*"]
   */
  types?: string[];
  /**
   * The least severity of a finding that does, from 1 to 10. Default: 7, which GuardDuty calls high.
   *
   * @default 7
   */
  minimumSeverity?: number;
}

/** Addresses that the firewall refuses for a time. */
export interface DenyAddressesArgs {
  /**
   * The ARN of AWS WAF's IP set of IPv4 addresses that the firewall refuses. Its program must ignore changes of `addresses`, or the next
   * deployment lets everybody in again (`ignoreChanges`). Whether it is given must be known when the program runs. Default: none.
   *
   * @default - none
   */
  ipv4SetArn?: pulumi.Input<string>;
  /**
   * The ARN of the IP set of IPv6 ranges. The /64 of an address is put into it. Default: none.
   *
   * @default - none
   */
  ipv6SetArn?: pulumi.Input<string>;
  /**
   * Hours until an address is let in again, from 1 to 720. Default: 24.
   *
   * @default 24
   */
  hours?: number;
  /**
   * Addresses in a set from which on none is added, from 1 to 10,000, AWS WAF's own most. Default: 100.
   *
   * @default 100
   */
  maximumAddresses?: number;
  /**
   * Addresses and ranges that are never denied, such as the office's and the partners'. Private and reserved ones never are. Default: none.
   *
   * @default - none
   */
  allowedAddresses?: string[];
  /**
   * Types of findings that deny who called; `*` stands for any characters. Default: callers that are known for attacks, and sign-ins to
   * databases.
   *
   * @default ["*:IAMUser/MaliciousIPCaller*", "*:IAMUser/TorIPCaller", "*:S3/MaliciousIPCaller*", "*:S3/TorIPCaller", "CredentialAccess:RDS/*"]
   */
  types?: string[];
  /**
   * The least severity of a finding that does, from 1 to 10. Default: 4, which GuardDuty calls medium.
   *
   * @default 4
   */
  minimumSeverity?: number;
}

/** The options of a ResponsePlan. Without a measure it is refused. */
export interface ResponsePlanArgs {
  /**
   * Who is told, and the key of it all: a `FindingChannel`, or its topic and key.
   *
   * @example
   * { channel, notifier, quarantine: { functionArns: [orders.functionArn] } }
   */
  channel: ResponseChannelRef;
  /**
   * The function that tells people of findings: it is never stopped.
   *
   * @example
   * { channel, notifier, quarantine: { functionArns: [orders.functionArn] } }
   */
  notifier: FunctionRef;
  /**
   * Whether anything is done. Default: a dry run, which says what would be done.
   *
   * @default ResponseMode.DryRun
   * @example
   * { channel, notifier, quarantine, mode: ResponseMode.Act }
   */
  mode?: ResponseMode;
  /**
   * Functions that may be stopped. Default: none.
   *
   * @default - none
   */
  quarantine?: QuarantineArgs;
  /**
   * Roles whose sessions may be revoked. Default: none.
   *
   * @default - none
   */
  revokeSessions?: RevokeSessionsArgs;
  /**
   * The firewall's sets that addresses may be put into. Default: none.
   *
   * @default - none
   */
  denyAddresses?: DenyAddressesArgs;
  /**
   * Measures in an hour, from 1 to 1000, after which none is taken and a person is told so: who can cause findings must not be able to stop
   * everything. Default: 10.
   *
   * @default 10
   */
  measuresPerHour?: number;
  /**
   * Why the table of measures may be deleted with the stack, as a sentence; it becomes the tag
   * `palisade:lowered:response-table-deletion-protection`. Without the table nobody knows what to put back. Default: none, deletion is refused.
   *
   * @default - deletion is refused
   */
  allowDeletion?: string;
  /**
   * Tags of the team, on every resource that has tags. Names that begin with `palisade:` or `aws:` are refused. Default: none.
   *
   * @default - none
   */
  teamTags?: Record<string, pulumi.Input<string>>;
}

/** A `ResponsePlan` by shape. */
export interface ResponsePlanRef {
  /** The ARN of the queue that findings are put into. */
  queueArn: pulumi.Input<string>;
  /** The queue's name. */
  queueName: pulumi.Input<string>;
  /** The ARN of the queue of what could not be responded to. */
  deadLetterQueueArn: pulumi.Input<string>;
  /** That queue's name. */
  deadLetterQueueName: pulumi.Input<string>;
}

/** The options of a FindingResponse. */
export interface FindingResponseArgs {
  /**
   * What may be done, and where findings wait: a `ResponsePlan`.
   *
   * @example
   * { plan, responder, alarmTopicArn: channel.topicArn }
   */
  plan: ResponsePlanRef;
  /**
   * The function that does it: a `HardenedFunction` of the code `finding-response`, with the plan's `responderStatements()` and
   * `responderEnvironment()`, and a time limit of 60 seconds at most.
   *
   * @example
   * { plan, responder, alarmTopicArn: channel.topicArn }
   */
  responder: FunctionRef;
  /**
   * The ARN of the topic that is told when a response fails.
   *
   * @example
   * { plan, responder, alarmTopicArn: operations.arn }
   */
  alarmTopicArn: pulumi.Input<string>;
  /**
   * Tags of the team, on every resource that has tags. Names that begin with `palisade:` or `aws:` are refused. Default: none.
   *
   * @default - none
   */
  teamTags?: Record<string, pulumi.Input<string>>;
}

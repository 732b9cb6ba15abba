import type * as pulumi from "@pulumi/pulumi";

/** What the events are searched in. */
export enum SiemEngine {
  /** OpenSearch Serverless: nothing to size or to update. */
  Serverless = "SERVERLESS",
  /** A managed domain: nodes of its own, with fine-grained access control, audit logs and OpenSearch's plugins. */
  Domain = "DOMAIN",
}

/** A Lambda function with its role and its log. A `HardenedFunction` is one. */
export interface SiemFunction {
  /** The function's name, without a qualifier. */
  functionName: pulumi.Input<string>;
  /** The ARN that is called: the alias's where there is one, else the function's. */
  functionArn: pulumi.Input<string>;
  /** The alias's name. Default: none. */
  qualifier?: pulumi.Input<string>;
  /** The name of the function's role, which is given what the function needs here and nothing else. */
  roleName: pulumi.Input<string>;
  /** The ARN of the function's role. */
  roleArn: pulumi.Input<string>;
  /** The name of the function's log group. */
  logGroupName: pulumi.Input<string>;
}

/** Where in a VPC the server answers. */
export interface SiemNetwork {
  /** The id of the VPC. */
  vpcId: pulumi.Input<string>;
  /** Ids of the subnets, each in another availability zone: three, or as many as `instanceCount` when that is less. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Ids of security groups that let HTTPS in from themselves and out to themselves. The function `setup` must be in them, too. */
  securityGroupIds: pulumi.Input<pulumi.Input<string>[]>;
}

/** The options of a Siem. */
export interface SiemArgs {
  /**
   * The function that makes events of OCSF of records: the bundle of functions/src/ocsf, with a time limit of at least 60 seconds and 256 MB.
   *
   * @example
   * { transform: new HardenedFunction("ocsf", { code, timeoutSeconds: 120 }), setup }
   */
  transform: SiemFunction;
  /**
   * The function that sets the server up on deploy: the bundle of functions/src/siem-setup, with a time limit of 300 seconds. With `network` it
   * must be in that network. It becomes the master user of a domain.
   *
   * @example
   * { transform, setup: new HardenedFunction("siem-setup", { code, timeoutSeconds: 300, network }) }
   */
  setup: SiemFunction;
  /**
   * What the events are searched in. Must be a literal. Default: OpenSearch Serverless.
   *
   * @default SERVERLESS
   * @example
   * { transform, setup, engine: SiemEngine.Domain, network }
   */
  engine?: SiemEngine;
  /**
   * Where in a VPC the server answers, and nowhere else. Must be there when the program runs, or `allowPublicEndpoint`. Default: none.
   *
   * @default - none
   * @example
   * { transform, setup, network: { vpcId: vpc.id, subnetIds, securityGroupIds: [group.id] } }
   */
  network?: SiemNetwork;
  /**
   * Why the server may have an endpoint on the internet, as a sentence: it still answers only to signed requests of the roles that are named
   * here. It becomes the tag `palisade:lowered:siem-public-endpoint` (Security Hub Opensearch.2). Not with `network`. Default: none.
   *
   * @default - none
   * @example
   * { transform, setup, allowPublicEndpoint: "the account has no VPC, and analysts come by single sign-on" }
   */
  allowPublicEndpoint?: string;
  /**
   * Names of the log groups whose events are searched, by a key in kebab-case that names them: the audit trail's, the firewall's, the gateway's
   * access log. Whether there are any must be known when the program runs. Default: none.
   *
   * @default - none
   * @example
   * { transform, setup, logGroups: { trail: trail.logGroupName, firewall: firewall.logGroupName } }
   */
  logGroups?: Record<string, pulumi.Input<string>>;
  /**
   * Whether GuardDuty's findings are searched. Must be a literal. Default: true.
   *
   * @default true
   * @example
   * { transform, setup, findings: false }
   */
  findings?: boolean;
  /**
   * ARNs of the roles that search and look at the dashboard, without writing. Default: none, and nobody reads.
   *
   * @default - none
   * @example
   * { transform, setup, readerRoleArns: [analyst.arn] }
   */
  readerRoleArns?: pulumi.Input<string>[];
  /**
   * Days that an event is searched, from 1 to 3650. The audit trail keeps its own for longer. Default: 90.
   *
   * @default 90
   * @example
   * { transform, setup, retentionDays: 365 }
   */
  retentionDays?: number;
  /**
   * Days that records are kept that could not be mapped or delivered, from 7 to 3650. Default: 365.
   *
   * @default 365
   * @example
   * { transform, setup, failedRecordDays: 90 }
   */
  failedRecordDays?: number;
  /**
   * Data nodes of a domain: a multiple of three, one in each zone. One or two need `allowFewNodes`. Default: 3.
   *
   * @default 3
   * @example
   * { transform, setup, engine: SiemEngine.Domain, network, instanceCount: 6 }
   */
  instanceCount?: number;
  /**
   * The type of a domain's data nodes. Default: m7g.medium.search.
   *
   * @default "m7g.medium.search"
   * @example
   * { transform, setup, engine: SiemEngine.Domain, network, instanceType: "r7g.large.search" }
   */
  instanceType?: string;
  /**
   * GiB of the volume of each data node of a domain, from 10 to 3072. Default: 20.
   *
   * @default 20
   * @example
   * { transform, setup, engine: SiemEngine.Domain, network, volumeGigabytes: 100 }
   */
  volumeGigabytes?: number;
  /**
   * Why a domain has fewer than three data nodes, no dedicated primary nodes, or a collection no standby, as a sentence: an outage of one zone
   * stops the search, and Firehose keeps the records meanwhile for a day. It becomes the tag `palisade:lowered:siem-availability` (Security
   * Hub Opensearch.6 and Opensearch.11). Default: none.
   *
   * @default - none
   * @example
   * { transform, setup, allowFewNodes: "a stage for tests" }
   */
  allowFewNodes?: string;
  /**
   * The ARN of the KMS key of everything that is kept. Its policy must let CloudWatch Logs and EventBridge use it. Whether it is given must be
   * known when the program runs. Default: a key of its own, about a dollar a month.
   *
   * @default - a key of its own
   * @example
   * { transform, setup, kmsKeyArn: key.arn }
   */
  kmsKeyArn?: pulumi.Input<string>;
  /**
   * Days that the logs of the server and of the delivery are kept, one of the numbers that CloudWatch Logs accepts. Default: 365.
   *
   * @default 365
   * @example
   * { transform, setup, logRetentionDays: 731 }
   */
  logRetentionDays?: pulumi.Input<number>;
  /**
   * The ARN of the topic that is told when events do not arrive: its key's and its own policy must let CloudWatch publish. A `FindingChannel`'s
   * topic is one. Whether it is given must be known when the program runs. Default: none, and no alarms.
   *
   * @default - no alarms
   * @example
   * { transform, setup, alarmTopicArn: channel.topicArn }
   */
  alarmTopicArn?: pulumi.Input<string>;
  /**
   * Tags of the team, on every resource that has tags. Names that begin with `palisade:` or `aws:` are refused. Default: none.
   *
   * @default - none
   * @example
   * { transform, setup, teamTags: { team: "security" } }
   */
  teamTags?: Record<string, pulumi.Input<string>>;
}

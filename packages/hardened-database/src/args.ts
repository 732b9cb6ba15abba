import type { FunctionRef } from "@palisade/core";
import type * as pulumi from "@pulumi/pulumi";

/** Endpoints through which functions in the isolated network reach AWS services. Each must be a literal. */
export interface DatabaseEndpointsArgs {
  /**
   * Whether there is an interface endpoint for Secrets Manager. The migrations function reads the master user's secret
   * through it; without it, migrations cannot run from the isolated subnets. About 7.30 US dollars a month for each
   * availability zone (docs/decisions/0001). Default: true.
   */
  secretsManager?: boolean;
  /** Whether there is a gateway endpoint for DynamoDB. It is free of charge. Default: true. */
  dynamodb?: boolean;
  /**
   * Whether there is an interface endpoint for KMS. About 7.30 US dollars a month for each availability zone.
   * Default: false.
   */
  kms?: boolean;
  /**
   * Whether there is an interface endpoint for Verified Permissions. About 7.30 US dollars a month for each
   * availability zone. Default: false.
   */
  verifiedPermissions?: boolean;
  /**
   * In how many availability zones each interface endpoint has an address; it is priced by zone. The other zones
   * reach it across zones, and lose it when its zone fails. Default: 1.
   */
  availabilityZones?: number;
}

/** A way out of the new network for functions, through AWS Network Firewall. Each must be a literal. */
export interface EgressFirewallArgs {
  /**
   * Domains that functions may connect to, by the name in the TLS handshake: lower case, as `api.partner.example`, or with a dot before it
   * for every name below, as `.partner.example`. 1 to 100. Everything else is dropped and logged.
   */
  allowedDomains: string[];
  /**
   * A written reason to pay for it, of at least ten characters: a firewall endpoint costs about 290 US dollars a month in each availability
   * zone, idle, and 0.065 dollars a gigabyte; AWS waives the price of as many NAT gateways
   * (https://aws.amazon.com/network-firewall/pricing/). Two zones, which are the default, are about 580 dollars a month.
   */
  confirmPriceOf290DollarsAMonthForEachZone: string;
  /**
   * A written reason to let plain HTTP to the same domains pass, by the header `Host`, which anybody can write and read. It becomes the
   * tag `palisade:lowered:egress-plain-http`. Default: none, TLS only.
   */
  allowPlainHttp?: string;
  /**
   * IPv4 range, a /22, of the subnets for functions, firewall and NAT gateways. It must not overlap with the VPC's. Changing it replaces
   * them. Default: `10.64.16.0/22`.
   */
  cidrBlock?: string;
}

/** A network that already exists, used instead of a new VPC. */
export interface ExistingNetworkArgs {
  /** Id of the VPC. Its flow logs and its default security group stay as they are. */
  vpcId: pulumi.Input<string>;
  /** Ids of subnets without a route to the internet, in at least two availability zones (RDS refuses fewer). */
  subnetIds: pulumi.Input<string>[];
  /** Ids of the subnets' route tables. Needed for the DynamoDB endpoint only. */
  routeTableIds?: pulumi.Input<string>[];
}

/** What a `HardenedDatabase` takes. */
export interface HardenedDatabaseArgs {
  /**
   * Name of the database (schema) that is created with the cluster: a letter, then letters, digits and underscores, at
   * most 64 characters. Changing it replaces the cluster. Must be a literal.
   */
  databaseName: string;
  /**
   * Name of the master user, which only migrations use: a letter, then letters, digits and underscores, at most 16
   * characters, and not one of the names that attackers try first (Security Hub RDS.24). Changing it replaces the
   * cluster. Must be a literal. Default: `palisade_owner`.
   */
  masterUsername?: string;
  /**
   * TCP port, 1150 to 65535, and not MySQL's own 3306 (Security Hub RDS.23). Changing it replaces the cluster. Must be a
   * literal. Default: 13306.
   */
  port?: number;
  /**
   * Aurora MySQL version, as `8.0.mysql_aurora.3.11.1`. Must be 3.08.0 or newer for `minCapacity: 0`. Minor versions are
   * installed by AWS in the maintenance window; raise this value afterwards, since AWS refuses to go back.
   */
  engineVersion?: pulumi.Input<string>;
  /**
   * Least capacity of each instance in Aurora capacity units (2 GiB of memory each), in steps of 0.5. 0 lets an idle
   * instance pause: it then costs nothing but its storage, and the first connection waits for about 15 seconds. Must be
   * a literal. Default: 0.5.
   */
  minCapacity?: number;
  /** Greatest capacity of each instance in Aurora capacity units, 1 to 256, in steps of 0.5. Must be a literal. Default: 4. */
  maxCapacity?: number;
  /**
   * Idle seconds after which an instance pauses, 300 to 86400. Only with `minCapacity: 0`. Must be a literal.
   * Default: 300.
   */
  secondsUntilAutoPause?: number;
  /**
   * Number of instances, 1 to 16: one writer, the others readers in other availability zones that take over when the
   * writer fails. One alone needs `allowSingleInstance`. Must be a literal. Default: 2.
   */
  instances?: number;
  /**
   * A written reason to run one instance alone, which is down while AWS replaces it (Security Hub RDS.5 and RDS.15 want at
   * least two). It becomes the tag `palisade:lowered:multiple-instances`. Must be a literal. Default: none.
   */
  allowSingleInstance?: string;
  /** Days that automatic backups are kept, 7 (Security Hub RDS.11) to 35. Must be a literal. Default: 14. */
  backupRetentionDays?: number;
  /**
   * A written reason to let the cluster be deleted: turns deletion protection off and takes no final snapshot. The
   * reason becomes the tag `palisade:lowered:deletion-protection`. Must be a literal. Default: none, the cluster is protected.
   */
  allowDeletion?: string;
  /**
   * Which events Aurora writes to the audit log, of `CONNECT`, `QUERY`, `QUERY_DCL`, `QUERY_DDL`, `QUERY_DML` and
   * `TABLE`. `QUERY` and `QUERY_DML` write statements with the customers' values in them. Must be a literal.
   * Default: CONNECT, QUERY_DCL and QUERY_DDL.
   */
  auditEvents?: string[];
  /**
   * Whether Database Insights runs in its advanced mode, which keeps 465 days of performance data and is priced by
   * capacity: about 2.30 US dollars a month for each capacity unit. Must be a literal. Default: false, the standard mode.
   */
  advancedInsights?: boolean;
  /**
   * Whether the cluster writes the enhanced binary log that a Zero-ETL integration to Redshift reads (`AnalyticsPipeline` with `warehouse`). A change of
   * it needs the writer's restart. Must be a literal. Default: false, no binary log.
   */
  zeroEtl?: boolean;
  /** Seconds between two samples of Enhanced Monitoring: 1, 5, 10, 15, 30 or 60. Must be a literal. Default: 60. */
  monitoringIntervalSeconds?: number;
  /** IPv4 range of the new VPC. Changing it replaces the VPC. Must be a literal. Default: `10.64.0.0/20`. */
  cidrBlock?: string;
  /** Number of availability zones of the new VPC, at least 2. Must be a literal. Default: 2. */
  availabilityZones?: number;
  /** A network to use instead of a new VPC. Not together with `cidrBlock`, `availabilityZones` or `flowLogs`. */
  existingNetwork?: ExistingNetworkArgs;
  /** Whether the new VPC's traffic is logged (Security Hub EC2.6). Must be a literal. Default: true. */
  flowLogs?: boolean;
  /** Endpoints of the isolated network. */
  endpoints?: DatabaseEndpointsArgs;
  /**
   * A way out for functions, to named domains only, through AWS Network Firewall. The database's subnets get none. Not together with
   * `existingNetwork`: who owns that network gives it a way out. Must be a literal. Default: none, nothing leaves the network.
   */
  egressFirewall?: EgressFirewallArgs;
  /** Days that log groups are kept; one of CloudWatch Logs' own values. Must be a literal. Default: 365. */
  logRetentionDays?: number;
  /**
   * ARN of a KMS key for the storage, the master user's secret, the performance data and the log groups. Its policy must
   * admit CloudWatch Logs. Changing it replaces the cluster. Default: none, AWS's own keys encrypt each of them.
   */
  kmsKeyArn?: pulumi.Input<string>;
  /**
   * ARN of an SNS topic that is told of failures, maintenance and changed configuration (Security Hub RDS.19 to RDS.21).
   * Default: none, nobody is told.
   */
  alarmTopicArn?: pulumi.Input<string>;
  /** ARN of the permissions boundary of the roles that are made. Default: none. */
  permissionsBoundaryArn?: pulumi.Input<string>;
  /** Tags of every resource, beside Palisade's own. Default: none. */
  teamTags?: Record<string, pulumi.Input<string>>;
}

/** What an `IdempotencyTable` takes. */
export interface IdempotencyTableArgs {
  /** ARN of a KMS key. Default: none, DynamoDB's own key encrypts the table. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Days back to which the table can be restored, 1 to 35. Must be a literal. Default: 35. */
  recoveryDays?: number;
  /**
   * A written reason to let the table be deleted: turns deletion protection off. The reason becomes the tag
   * `palisade:lowered:deletion-protection`. Must be a literal. Default: none, the table is protected.
   */
  allowDeletion?: string;
  /** Tags of the table, beside Palisade's own. Default: none. */
  teamTags?: Record<string, pulumi.Input<string>>;
}

/** What a `DatabaseMigration` takes. */
export interface DatabaseMigrationArgs {
  /** The function that brings the schema and the database users up to date, and can run again without harm. */
  function: FunctionRef;
  /**
   * What identifies the migrations, such as a hash of their source: the function is invoked when it changes.
   */
  version: pulumi.Input<string>;
}

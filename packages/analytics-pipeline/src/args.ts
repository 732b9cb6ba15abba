import type * as pulumi from "@pulumi/pulumi";

/** A trail whose log files are read where they are. */
export interface TrailSource {
  /** Name of the bucket of the log files; an `AuditTrail` has it as `bucketName`. */
  bucketName: pulumi.Input<string>;
  /** ARN of the key of the log files. Whether it is given must be known when the program runs. Default: none, S3's own key encrypts them. */
  kmsKeyArn?: pulumi.Input<string>;
  /** What the keys of the log files begin with, ending in `/`. Default: `AWSLogs/`, CloudTrail's own. */
  prefix?: string;
}

/** A log group whose records are read. */
export interface LogSource {
  /** Name of the log group. */
  logGroupName: pulumi.Input<string>;
}

/** Permissions by AWS Lake Formation in the place of IAM alone. */
export interface LakeFormationArgs {
  /** ARNs of the roles that may query the table. Must be known when the program runs, but for their values. */
  readerArns: pulumi.Input<string>[];
}

/** Who sees the dashboard of Amazon QuickSight. */
export interface QuickSightArgs {
  /**
   * Why the account's QuickSight subscription, which must exist, may be used; it is priced by the reader. A written reason, which becomes the tag
   * `palisade:confirmed:quicksight` of the data source.
   */
  existingSubscription: string;
  /** ARNs of QuickSight's users or groups that may see the dashboard. At least one. */
  viewerArns: pulumi.Input<string>[];
  /** ARNs of QuickSight's users or groups that may change the analysis, the dataset and the dashboard. Default: none. */
  authorArns?: pulumi.Input<string>[];
  /** When the dataset is read anew each day, as `HH:MM`. Default: `02:00`. */
  refreshTime?: string;
  /** The time zone of `refreshTime`. Default: `UTC`. */
  timeZone?: string;
  /** Days back that the dataset holds, from 1 to 400. Default: 90. */
  days?: number;
}

/** A forecast of the calls of each route and database, and an alarm on its gap to what came. */
export interface ForecastArgs {
  /** When a model is trained, as a schedule of EventBridge in UTC; the first run makes the first model. Default: `cron(0 3 ? * MON *)`, each Monday at 3. */
  trainingSchedule?: string;
  /** When the last day is scored, as a schedule of EventBridge in UTC. Default: `cron(15 1 * * ? *)`, each day at 1:15, after the job of the day. */
  scoringSchedule?: string;
  /** Weeks of history that a model learns from, from 4 to 57. Default: 8. */
  historyWeeks?: number;
  /** The gap that raises the alarm, as a share of the forecast, from 0.05 to 10. Default: 0.5, half as much again, or half missing. */
  gapLimit?: number;
  /** Memory of the serverless endpoint in megabytes: 1024, 2048, 3072, 4096, 5120 or 6144. Default: 2048. */
  endpointMemoryMegabytes?: number;
  /** Type of the instance that trains, for the minutes that it takes. Default: `ml.m5.large`. */
  trainingInstanceType?: string;
}

/** A warehouse of Amazon Redshift Serverless that AWS keeps in step with the tables, as an alternative to the job. */
export interface WarehouseArgs {
  /**
   * Why it is worth its price, as a written reason: while changes arrive, eight capacity units run at about 0.45 US dollars each an hour. Becomes
   * the tag `palisade:confirmed:warehouse`.
   */
  confirmPriceOf3DollarsAnHourInUse: string;
  /** Ids of private subnets in three availability zones. */
  subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Ids of the security groups, which decide who may connect. */
  securityGroupIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Redshift processing units to begin with, 8 to 512 in steps of 8. Default: 8. */
  baseCapacity?: number;
  /** Greatest number of units. Default: 16. */
  maxCapacity?: number;
  /** Unit hours a day after which queries are refused. Default: 40, about 18 US dollars. */
  unitHoursPerDay?: number;
  /** ARN of the Aurora cluster that is copied: a `HardenedDatabase` with `zeroEtl`. Whether it is given must be known when the program runs. Default: none. */
  databaseClusterArn?: pulumi.Input<string>;
  /** Which tables of the cluster: a filter of the integration's. Default: `include: *.*`, all. */
  databaseFilter?: string;
  /** ARNs of DynamoDB tables that are copied, by a name of yours; each must have point-in-time recovery. Default: none. */
  tableArns?: Record<string, pulumi.Input<string>>;
}

/** The options of an AnalyticsPipeline. At least one source is needed. */
export interface AnalyticsPipelineArgs {
  /**
   * The trail whose log files are read: who called which API of AWS. Default: none.
   *
   * @default - none
   * @example
   * { existingTrail: { bucketName: audit.bucketName, kmsKeyArn: audit.kmsKeyArn } }
   */
  existingTrail?: TrailSource;
  /**
   * Make a trail of its own: every management event of the account in every region. The first trail of an account is free, each further one 2 US
   * dollars for 100,000 events. Not together with `existingTrail`; needs `kmsKeyArn`. Must be a literal. Default: false.
   *
   * @default false
   * @example
   * { ownTrail: true, kmsKeyArn: key.arn }
   */
  ownTrail?: boolean;
  /**
   * The access log of API Gateway's stage, as JSON lines. Default: none.
   *
   * @default - none
   * @example
   * { apiAccessLog: { logGroupName: api.accessLogGroupName } }
   */
  apiAccessLog?: LogSource;
  /**
   * The log of the web ACL. Default: none.
   *
   * @default - none
   * @example
   * { firewallLog: { logGroupName: edge.logGroupName } }
   */
  firewallLog?: LogSource;
  /**
   * The audit log of the database. Default: none.
   *
   * @default - none
   * @example
   * { databaseAuditLog: { logGroupName: database.auditLogGroupName } }
   */
  databaseAuditLog?: LogSource;
  /**
   * Whether new files start the job, in batches. Must be a literal. Default: true. With files at any hour that is a run every 15 minutes, up to about
   * 85 US dollars a month; without it the job runs by `schedule` alone.
   *
   * @default true
   * @example
   * { startOnEvents: false }
   */
  startOnEvents?: boolean;
  /**
   * New files that start a run, from 1 to 100. Default: 100.
   *
   * @default 100
   * @example
   * { eventBatchSize: 20 }
   */
  eventBatchSize?: number;
  /**
   * Seconds after the first new file until a run starts with fewer, from 1 to 900. Default: 900.
   *
   * @default 900
   * @example
   * { eventWindowSeconds: 300 }
   */
  eventWindowSeconds?: number;
  /**
   * When the job runs in any case, as a schedule of Glue in UTC; `none` for never. Must be a literal. Default: `cron(30 0 * * ? *)`, each day at 0:30, about
   * a US dollar a month.
   *
   * @default cron(30 0 * * ? *)
   * @example
   * { schedule: "cron(0 * * * ? *)" }
   */
  schedule?: string;
  /**
   * Workers of type G.1X that a run may have at the most, from 2 to 100. Default: 4.
   *
   * @default 4
   * @example
   * { maximumWorkers: 10 }
   */
  maximumWorkers?: number;
  /**
   * Minutes after which a run is stopped, from 5 to 1440. Default: 60.
   *
   * @default 60
   * @example
   * { timeoutMinutes: 120 }
   */
  timeoutMinutes?: number;
  /**
   * Share of a source's records in a run that may go to the quarantine before the batch is stopped, from 0 to 1. Default: 0.2.
   *
   * @default 0.2
   * @example
   * { quarantineShareLimit: 0.05 }
   */
  quarantineShareLimit?: number;
  /**
   * ARN of a secret of Secrets Manager whose string keys the pseudonyms of e-mail addresses, about 40 US cents a month. Whether it is given must be known
   * when the program runs. Default: none, and the addresses are dropped.
   *
   * @default - none
   * @example
   * { pseudonymSecretArn: secret.arn }
   */
  pseudonymSecretArn?: pulumi.Input<string>;
  /**
   * Days that raw files and what was quarantined are kept, from 15 to 3650. The trail's own are not touched. Default: 90.
   *
   * @default 90
   * @example
   * { rawRetentionDays: 30 }
   */
  rawRetentionDays?: number;
  /**
   * Days that clean events are kept and can be queried, from 31 to 3650. Default: 400.
   *
   * @default 400
   * @example
   * { cleanRetentionDays: 800 }
   */
  cleanRetentionDays?: number;
  /**
   * Days that results of queries are kept, from 1 to 365. Default: 14.
   *
   * @default 14
   * @example
   * { resultRetentionDays: 1 }
   */
  resultRetentionDays?: number;
  /**
   * Gibibytes that one query may scan, from 1 to 1000. Default: 10, about five US cents.
   *
   * @default 10
   * @example
   * { scanLimitGibibytes: 100 }
   */
  scanLimitGibibytes?: number;
  /**
   * Rules of Glue Data Quality for the table, in DQDL, to be evaluated when somebody asks. The job has rules of its own, which stop a bad batch. Default:
   * ids complete and unique in a day, times complete, sources known.
   *
   * @default - rules about ids, times and sources
   * @example
   * { dataQualityRules: 'Rules = [ IsComplete "event_id" ]' }
   */
  dataQualityRules?: string;
  /**
   * Permissions by Lake Formation: the location is registered, and the table is granted to these roles and nobody else. The deployer must be an
   * administrator of the data lake. Default: none, IAM decides.
   *
   * @default - IAM decides
   * @example
   * { lakeFormation: { readerArns: [analysts.arn] } }
   */
  lakeFormation?: LakeFormationArgs;
  /**
   * Encrypt the account's whole data catalog in this region with `kmsKeyArn`, as a written reason: the setting is the account's, one stack alone should have
   * it, and every reader of any table then needs the key. Default: none, the setting stays as it is.
   *
   * @default - the account's setting stays
   * @example
   * { encryptAccountCatalog: "this stack is the only one of the account that has tables" }
   */
  encryptAccountCatalog?: string;
  /**
   * A dashboard of QuickSight. Default: none.
   *
   * @default - none
   * @example
   * { quickSight: { existingSubscription: "the account has one since 2024", viewerArns: [groupArn] } }
   */
  quickSight?: QuickSightArgs;
  /**
   * A forecast with SageMaker. Default: none.
   *
   * @default - none
   * @example
   * { forecast: { gapLimit: 0.3 } }
   */
  forecast?: ForecastArgs;
  /**
   * A warehouse with Zero-ETL integrations. Needs `kmsKeyArn`. Default: none.
   *
   * @default - none
   * @example
   * { warehouse: { confirmPriceOf3DollarsAnHourInUse: "analysts join orders with calls", subnetIds, securityGroupIds } }
   */
  warehouse?: WarehouseArgs;
  /**
   * ARN of the key of all that is kept: files, logs, bookmarks, results. Its policy must let CloudWatch Logs use it. Whether it is given must be known
   * when the program runs. Default: none, AWS's own keys encrypt.
   *
   * @default - AWS's own keys
   * @example
   * { kmsKeyArn: key.arn }
   */
  kmsKeyArn?: pulumi.Input<string>;
  /**
   * ARN of the topic that is told when a run fails, when records cannot be delivered, and of the forecast's gap. Whether it is given must be known when the program
   * runs. Default: none, and no alarms.
   *
   * @default - no alarms
   * @example
   * { alarmTopicArn: channel.topicArn }
   */
  alarmTopicArn?: pulumi.Input<string>;
  /**
   * Days that the logs of the job and of the deliveries are kept, one of the numbers that CloudWatch Logs accepts. Default: 365.
   *
   * @default 365
   * @example
   * { logRetentionDays: 30 }
   */
  logRetentionDays?: number;
  /**
   * ARN of the permissions boundary of every role. Default: none.
   *
   * @default - none
   * @example
   * { permissionsBoundaryArn: boundary.arn }
   */
  permissionsBoundaryArn?: pulumi.Input<string>;
  /**
   * Why the buckets may be emptied and deleted with the stack, as a sentence; it becomes the tag `palisade:lowered:deletion-protection`. Default: none,
   * and a bucket that is not empty stays.
   *
   * @default - none
   * @example
   * { allowDeletion: "a development stage is made anew at will" }
   */
  allowDeletion?: string;
  /**
   * Tags of the team, on every resource that has tags. Names that begin with `palisade:` or `aws:` are refused. Default: none.
   *
   * @default - none
   * @example
   * { teamTags: { team: "data" } }
   */
  teamTags?: Record<string, pulumi.Input<string>>;
}

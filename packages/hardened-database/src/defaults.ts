/**
 * Aurora MySQL 3.11 (MySQL 8.0.43). Not 3.10, which is a long-term-support line: AWS advises against automatic minor
 * upgrades there, and Security Hub RDS.13 and RDS.35 want them.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.Updates.3100.html
 */
export const ENGINE_VERSION = "8.0.mysql_aurora.3.11.1";
export const ENGINE = "aurora-mysql";
export const PARAMETER_GROUP_FAMILY = "aurora-mysql8.0";
export const INSTANCE_CLASS = "db.serverless";

/** Not `admin` (Security Hub RDS.24), and what the grants of the paper's example never use. */
export const MASTER_USERNAME = "palisade_owner";
/** Not 3306 (Security Hub RDS.23). */
export const PORT = 13306;

export const MIN_CAPACITY = 0.5;
export const MAX_CAPACITY = 4;
/** The least that AWS allows. https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ServerlessV2ScalingConfiguration.html */
export const SECONDS_UNTIL_AUTO_PAUSE = 300;
export const INSTANCES = 2;
export const BACKUP_RETENTION_DAYS = 14;
/** The least that Security Hub's control CloudWatch.16 passes. */
export const LOG_RETENTION_DAYS = 365;
export const MONITORING_INTERVAL_SECONDS = 60;
/** The free retention of Performance Insights, and the one that the advanced mode of Database Insights demands. */
export const INSIGHTS_RETENTION_DAYS = { standard: 7, advanced: 465 };

/** Who connects and who changes users or tables; no statement that carries a customer's data. */
export const AUDIT_EVENTS = ["CONNECT", "QUERY_DCL", "QUERY_DDL"];

/**
 * `audit` for Security Hub RDS.34 and RDS.45, `error` for RDS.9; `iam-db-auth-error` says why an IAM token was refused. Not
 * `general` and `slowquery`: they hold statements with the customers' values.
 */
export const LOG_EXPORTS = ["audit", "error", "iam-db-auth-error"];

/** 4096 addresses in the least used private range's middle; a database and its functions need a few dozen. */
export const CIDR_BLOCK = "10.64.0.0/20";
/** RDS refuses a subnet group with fewer. */
export const AVAILABILITY_ZONES = 2;
/** The migrations function runs for seconds a deployment: one address is enough (docs/decisions/0001). */
export const ENDPOINT_AVAILABILITY_ZONES = 1;
export const FLOW_LOG_AGGREGATION_SECONDS = 600;

/** Behind the VPC's own default range; an eighth for each availability zone. */
export const EGRESS_CIDR_BLOCK = "10.64.16.0/22";
/** One for each domain and protocol, and room to grow: AWS changes it by replacing the rule group only. */
export const EGRESS_RULE_CAPACITY = 1000;

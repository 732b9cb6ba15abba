/** The newest Glue version on Spark 3.5, which the job is tested with. https://docs.aws.amazon.com/glue/latest/dg/release-notes.html */
export const GLUE_VERSION = "5.1";
/** Four virtual CPUs and 16 GB: the smallest worker that scales by itself. */
export const WORKER_TYPE = "G.1X";
/** Glue's least is two: a driver and one that works. Auto scaling gives back what a run does not use. */
export const MAXIMUM_WORKERS = 4;
export const TIMEOUT_MINUTES = 60;
/** After midnight UTC, when the day before is complete. */
export const SCHEDULE = "cron(30 0 * * ? *)";
/** Glue's greatest for both: fewer runs of the job, and a page that is at most 15 minutes behind. */
export const EVENT_BATCH_SIZE = 100;
export const EVENT_WINDOW_SECONDS = 900;
/** Share of a source's records in one run that may be quarantined before the whole batch is stopped. */
export const QUARANTINE_SHARE_LIMIT = 0.2;

/** Raw files are of use for another run of the job; the trail keeps its own. */
export const RAW_RETENTION_DAYS = 90;
/** A year, and room to compare a month with the same of the year before. */
export const CLEAN_RETENTION_DAYS = 400;
/** Results of queries are made again when they are needed. */
export const RESULT_RETENTION_DAYS = 14;
/** Security Hub CloudWatch.16 */
export const LOG_RETENTION_DAYS = 365;
/** 10 gibibytes: five US cents a query at the most. */
export const SCAN_LIMIT_GIBIBYTES = 10;

/** How old the newest event may be, by the source's own measure of delivery, before an alarm is raised. */
export const STALE_HOURS = 26;

export const FIXED = {
  ACCESS_LOG_DAYS: 400,
  NONCURRENT_DAYS: 30,
  /** 64 MB or five minutes, whichever is first: few objects, and each soon. */
  DELIVERY_MEGABYTES: 64,
  DELIVERY_SECONDS: 300,
  /** What Firehose could not deliver is kept under this prefix of the raw bucket. */
  ERROR_PREFIX: "errors/",
  RAW_PREFIX: "raw/",
  JOB_PREFIX: "job/",
  /** CloudTrail's own first folder. */
  TRAIL_PREFIX: "AWSLogs/",
  METRIC_NAMESPACE: "Palisade/Analytics",
} as const;

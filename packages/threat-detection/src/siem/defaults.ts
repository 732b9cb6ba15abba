import { SiemEngine } from "./args.ts";

export const ENGINE = SiemEngine.Serverless;
/** What an investigation looks back for; the trail's bucket holds the years before. */
export const RETENTION_DAYS = 90;
export const FAILED_RECORD_DAYS = 365;
/** Security Hub CloudWatch.16 */
export const SIEM_LOG_RETENTION_DAYS = 365;
/** Security Hub Opensearch.6 */
export const INSTANCE_COUNT = 3;
export const INSTANCE_TYPE = "m7g.medium.search";
export const VOLUME_GIGABYTES = 20;

export const FIXED = {
  /** What Firehose writes to; with a domain it adds the day. siem/index-template.json is for what begins so. */
  INDEX: "palisade-ocsf",
  ENGINE_VERSION: "OpenSearch_2.19",
  /** Security Hub Opensearch.8: the latest that AWS documents. */
  TLS_POLICY: "Policy-Min-TLS-1-2-PFS-2023-10",
  /** Security Hub Opensearch.11 */
  PRIMARY_COUNT: 3,
  PRIMARY_TYPE: "m7g.medium.search",
  ZONES: 3,
  /** Firehose tries for as long before it puts records aside. */
  RETRY_SECONDS: 3600,
  BUFFER_SECONDS: 60,
  BUFFER_MEGABYTES: 5,
  /** What the transformation is given at once: what it answers must fit into 6 MB. */
  TRANSFORM_MEGABYTES: 1,
  /** Records that wait for longer are not being delivered. */
  FRESH_SECONDS: 1800,
  ACCESS_LOG_DAYS: 400,
  NONCURRENT_DAYS: 30,
  EVENT_AGE_SECONDS: 86_400,
  EVENT_RETRIES: 185,
  DEAD_LETTER_SECONDS: 1_209_600,
  METRIC_NAMESPACE: "Palisade/Siem",
} as const;

import { DetectorFeature, PublishingFrequency } from "./args.ts";

/** What a serverless API has and GuardDuty can watch. */
export const DEFAULT_FEATURES: readonly DetectorFeature[] = [
  DetectorFeature.LambdaNetworkLogs,
  DetectorFeature.S3DataEvents,
  DetectorFeature.RdsLoginEvents,
];

/** GuardDuty's own "medium": https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
export const MINIMUM_SEVERITY = 4;

export const PUBLISHING_FREQUENCY = PublishingFrequency.FifteenMinutes;

/** Security Hub CloudWatch.16 passes at a year. */
export const LOG_RETENTION_DAYS_DEFAULT = 365;

export const FIXED = {
  /** EventBridge's most: it tries for a day before a finding becomes a dead letter. */
  EVENT_AGE_SECONDS: 86_400,
  EVENT_RETRIES: 185,
  /** Findings that the notifier is given at once. */
  BATCH_SIZE: 10,
  /** Notifiers at once: of a burst, the queue keeps the rest. Lambda's least is 2. */
  MAXIMUM_CONCURRENCY: 2,
  /** A finding that waits for longer has not reached a person in time. */
  OLDEST_FINDING_SECONDS: 900,
} as const;

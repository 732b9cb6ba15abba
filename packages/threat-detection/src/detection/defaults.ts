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

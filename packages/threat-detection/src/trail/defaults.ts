import { DataEvents, LockMode } from "./args.ts";

export const DATA_EVENTS: readonly DataEvents[] = Object.values(DataEvents);
/** A year: the least for which an incident must be traceable in most standards. */
export const LOCK_DAYS = 365;
export const LOCK_MODE = LockMode.Governance;
/** Seven years. */
export const EXPIRATION_DAYS = 2557;
/** Security Hub CloudWatch.16 */
export const TRAIL_LOG_RETENTION_DAYS = 365;

export const FIXED = {
  /** After a quarter nobody reads them but an investigator: S3 Glacier Instant Retrieval costs a sixth, and answers at once. */
  COLD_AFTER_DAYS: 90,
  /** The bucket of the log bucket's own access logs. */
  ACCESS_LOG_DAYS: 400,
  METRIC_NAMESPACE: "Palisade/AuditTrail",
} as const;

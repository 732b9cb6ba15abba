export {
  allowOnBucket,
  type BucketPart,
  type GuardedBucket,
  type GuardedBucketArgs,
  guardedBucket,
} from "./guarded-bucket.ts";
export { type GuardedTableArgs, guardedTable, TABLE_EXPIRY, TABLE_KEY, tableStatement } from "./guarded-table.ts";
export { type LoggedBucket, logAccess } from "./log-access.ts";

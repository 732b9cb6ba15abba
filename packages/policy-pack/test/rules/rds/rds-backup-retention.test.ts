import rule from "../../../src/rules/rds/rds-backup-retention.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "a day short",
    { backupRetentionPeriod: 6 },
    ["backups are kept for 6 days; set backupRetentionPeriod to at least 7"],
  ],
  ["violates", "absent", {}, ["backups are kept for 0 days; set backupRetentionPeriod to at least 7"]],
  ["passes", "the boundary", { backupRetentionPeriod: 7 }],
  [
    "not evaluated",
    "unknown",
    { backupRetentionPeriod: UNKNOWN },
    ["backupRetentionPeriod: is not known before deployment"],
  ],
]);

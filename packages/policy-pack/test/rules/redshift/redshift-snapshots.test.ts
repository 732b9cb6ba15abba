import rule from "../../../src/rules/redshift/redshift-snapshots.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent: a day", {}, ["snapshots are kept 1 days; set automatedSnapshotRetentionPeriod to 7 or more"]],
  [
    "violates",
    "boundary: 6",
    { automatedSnapshotRetentionPeriod: 6 },
    ["snapshots are kept 6 days; set automatedSnapshotRetentionPeriod to 7 or more"],
  ],
  [
    "violates",
    "none",
    { automatedSnapshotRetentionPeriod: 0 },
    ["snapshots are kept 0 days; set automatedSnapshotRetentionPeriod to 7 or more"],
  ],
  ["passes", "boundary: 7", { automatedSnapshotRetentionPeriod: 7 }],
  [
    "not evaluated",
    "unknown",
    { automatedSnapshotRetentionPeriod: UNKNOWN },
    ["automatedSnapshotRetentionPeriod: is not known before deployment"],
  ],
]);

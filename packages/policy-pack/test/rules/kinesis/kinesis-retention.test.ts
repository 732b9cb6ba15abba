import rule from "../../../src/rules/kinesis/kinesis-retention.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["it keeps records for 24 hours; set retentionPeriod to 168 or more"]],
  [
    "violates",
    "boundary: 167",
    { retentionPeriod: 167 },
    ["it keeps records for 167 hours; set retentionPeriod to 168 or more"],
  ],
  ["passes", "boundary: 168", { retentionPeriod: 168 }],
  ["not evaluated", "unknown", { retentionPeriod: UNKNOWN }, ["retentionPeriod: is not known before deployment"]],
]);

import rule from "../../../src/rules/cloudwatch/log-group-retention.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["logs are kept, and paid for, for ever; set retentionInDays"]],
  [
    "violates",
    "the boundary: zero is for ever",
    { retentionInDays: 0 },
    ["logs are kept, and paid for, for ever; set retentionInDays"],
  ],
  ["passes", "a day", { retentionInDays: 1 }],
  ["not applicable", "deliveries", { logGroupClass: "DELIVERY" }, ["the class DELIVERY keeps logs for a day"]],
  ["not evaluated", "unknown", { retentionInDays: UNKNOWN }, ["retentionInDays: is not known before deployment"]],
]);

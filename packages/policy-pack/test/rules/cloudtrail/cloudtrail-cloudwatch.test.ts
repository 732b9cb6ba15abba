import rule from "../../../src/rules/cloudtrail/cloudtrail-cloudwatch.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["no alarm sees what it records; set cloudWatchLogsGroupArn"]],
  [
    "violates",
    "boundary: empty",
    { cloudWatchLogsGroupArn: "" },
    ["no alarm sees what it records; set cloudWatchLogsGroupArn"],
  ],
  ["passes", "set", { cloudWatchLogsGroupArn: "a" }],
  ["passes", "one that is not known", { cloudWatchLogsGroupArn: UNKNOWN }],
]);

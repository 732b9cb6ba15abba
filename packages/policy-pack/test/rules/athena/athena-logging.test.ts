import rule from "../../../src/rules/athena/athena-logging.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["passes", "absent", {}],
  [
    "violates",
    "false",
    { configuration: { publishCloudwatchMetricsEnabled: false } },
    ["its queries leave no trace; set configuration.publishCloudwatchMetricsEnabled"],
  ],
  ["passes", "true", { configuration: { publishCloudwatchMetricsEnabled: true } }],
  [
    "not evaluated",
    "unknown",
    { configuration: { publishCloudwatchMetricsEnabled: UNKNOWN } },
    ["configuration.publishCloudwatchMetricsEnabled: is not known before deployment"],
  ],
]);

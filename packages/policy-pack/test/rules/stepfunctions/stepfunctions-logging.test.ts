import rule from "../../../src/rules/stepfunctions/stepfunctions-logging.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["its executions leave no log; set loggingConfiguration.level and logDestination"]],
  [
    "violates",
    "boundary: OFF",
    { loggingConfiguration: { level: "OFF", logDestination: "arn" } },
    ["its executions leave no log; set loggingConfiguration.level and logDestination"],
  ],
  [
    "violates",
    "nowhere",
    { loggingConfiguration: { level: "ERROR" } },
    ["its executions leave no log; set loggingConfiguration.level and logDestination"],
  ],
  ["passes", "ERROR", { loggingConfiguration: { level: "ERROR", logDestination: UNKNOWN } }],
  ["passes", "to a known place", { loggingConfiguration: { level: "ERROR", logDestination: "arn" } }],
  [
    "not evaluated",
    "unknown",
    { loggingConfiguration: UNKNOWN },
    ["loggingConfiguration: is not known before deployment"],
  ],
]);

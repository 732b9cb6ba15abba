import rule from "../../../src/rules/rds/rds-enhanced-monitoring.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["enhanced monitoring is off; set monitoringInterval"]],
  [
    "violates",
    "the boundary: zero is off",
    { monitoringInterval: 0 },
    ["enhanced monitoring is off; set monitoringInterval"],
  ],
  ["passes", "a minute", { monitoringInterval: 60 }],
  ["not evaluated", "unknown", { monitoringInterval: UNKNOWN }, ["monitoringInterval: is not known before deployment"]],
]);

import rule from "../../../src/rules/rds/rds-logs-exported.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "none", { engine: "postgres" }, ["its logs stay in the database; set enabledCloudwatchLogsExports"]],
  [
    "violates",
    "no audit log",
    { engine: "aurora-mysql", enabledCloudwatchLogsExports: ["error"] },
    ["its audit log is not exported; add audit to enabledCloudwatchLogsExports"],
  ],
  ["passes", "audit", { engine: "aurora-mysql", enabledCloudwatchLogsExports: ["audit"] }],
  ["passes", "another engine's", { engine: "aurora-postgresql", enabledCloudwatchLogsExports: ["postgresql"] }],
  [
    "not evaluated",
    "unknown",
    { enabledCloudwatchLogsExports: UNKNOWN },
    ["enabledCloudwatchLogsExports: is not known before deployment"],
  ],
]);

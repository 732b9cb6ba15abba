import rule from "../../../src/rules/lambda/lambda-log-group.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "none", {}, ["Lambda makes its log group, which is kept for ever; set loggingConfig.logGroup"]],
  [
    "violates",
    "a format alone",
    { loggingConfig: { logFormat: "JSON" } },
    ["Lambda makes its log group, which is kept for ever; set loggingConfig.logGroup"],
  ],
  ["passes", "one", { loggingConfig: { logGroup: "/app/orders" } }],
  ["passes", "one whose name is not known", { loggingConfig: { logGroup: UNKNOWN } }],
  ["not evaluated", "unknown", { loggingConfig: UNKNOWN }, ["loggingConfig: is not known before deployment"]],
]);

import rule from "../../../src/rules/apigateway/apigateway-execution-logging.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "off",
    { settings: { loggingLevel: "OFF" } },
    ["execution logs are off; set settings.loggingLevel to ERROR"],
  ],
  ["violates", "absent", {}, ["execution logs are off; set settings.loggingLevel to ERROR"]],
  ["passes", "errors", { settings: { loggingLevel: "ERROR" } }],
  ["not evaluated", "unknown", { settings: UNKNOWN }, ["settings: is not known before deployment"]],
]);

import rule from "../../../src/rules/cloudtrail/cloudtrail-enabled.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "false", { enableLogging: false }, ["it records nothing; set enableLogging to true"]],
  ["passes", "absent: AWS's default is safe", {}],
  ["passes", "true", { enableLogging: true }],
  ["passes", "true, as text", { enableLogging: "true" }],
  ["not evaluated", "unknown", { enableLogging: UNKNOWN }, ["enableLogging: is not known before deployment"]],
  [
    "not evaluated",
    "wrong type",
    { enableLogging: [1] },
    ["enableLogging: is a list, where the rule expects a boolean"],
  ],
]);

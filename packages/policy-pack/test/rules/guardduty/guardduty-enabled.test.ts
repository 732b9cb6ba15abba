import rule from "../../../src/rules/guardduty/guardduty-enabled.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "false", { enable: false }, ["it looks at nothing; set enable to true"]],
  ["passes", "absent: AWS's default is safe", {}],
  ["passes", "true", { enable: true }],
  ["passes", "true, as text", { enable: "true" }],
  ["not evaluated", "unknown", { enable: UNKNOWN }, ["enable: is not known before deployment"]],
  ["not evaluated", "wrong type", { enable: [1] }, ["enable: is a list, where the rule expects a boolean"]],
]);

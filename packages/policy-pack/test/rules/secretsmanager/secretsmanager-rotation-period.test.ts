import rule from "../../../src/rules/secretsmanager/secretsmanager-rotation-period.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "boundary: 91",
    { rotationRules: { automaticallyAfterDays: 91 } },
    ["it is rotated every 91 days; set rotationRules.automaticallyAfterDays to 90 or less"],
  ],
  ["passes", "boundary: 90", { rotationRules: { automaticallyAfterDays: 90 } }],
  [
    "not applicable",
    "an expression",
    { rotationRules: { scheduleExpression: "rate(10 days)" } },
    ["its schedule is an expression"],
  ],
  ["not evaluated", "unknown", { rotationRules: UNKNOWN }, ["rotationRules: is not known before deployment"]],
]);

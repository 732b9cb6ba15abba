import rule from "../../../src/rules/dynamodb/dynamodb-recovery.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "false",
    { pointInTimeRecovery: { enabled: false } },
    ["it cannot be recovered; set pointInTimeRecovery.enabled"],
  ],
  ["violates", "absent", {}, ["it cannot be recovered; set pointInTimeRecovery.enabled"]],
  ["passes", "true", { pointInTimeRecovery: { enabled: true } }],
  ["passes", "true, as text", { pointInTimeRecovery: { enabled: "true" } }],
  [
    "not evaluated",
    "unknown",
    { pointInTimeRecovery: { enabled: UNKNOWN } },
    ["pointInTimeRecovery.enabled: is not known before deployment"],
  ],
  [
    "not evaluated",
    "wrong type",
    { pointInTimeRecovery: { enabled: [1] } },
    ["pointInTimeRecovery.enabled: is a list, where the rule expects a boolean"],
  ],
]);

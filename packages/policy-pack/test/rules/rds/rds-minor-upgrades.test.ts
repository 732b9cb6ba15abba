import rule from "../../../src/rules/rds/rds-minor-upgrades.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "false",
    { autoMinorVersionUpgrade: false },
    ["security fixes are not taken; set autoMinorVersionUpgrade to true"],
  ],
  ["passes", "absent: AWS's default is safe", {}],
  ["passes", "true", { autoMinorVersionUpgrade: true }],
  ["passes", "true, as text", { autoMinorVersionUpgrade: "true" }],
  [
    "not evaluated",
    "unknown",
    { autoMinorVersionUpgrade: UNKNOWN },
    ["autoMinorVersionUpgrade: is not known before deployment"],
  ],
  [
    "not evaluated",
    "wrong type",
    { autoMinorVersionUpgrade: [1] },
    ["autoMinorVersionUpgrade: is a list, where the rule expects a boolean"],
  ],
]);

import rule from "../../../src/rules/secretsmanager/secretsmanager-recovery.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "at once",
    { recoveryWindowInDays: 0 },
    ["it is gone 0 days after destroy; set recoveryWindowInDays to at least 7"],
  ],
  ["passes", "the boundary", { recoveryWindowInDays: 7 }],
  ["passes", "AWS's default", {}],
  [
    "not evaluated",
    "unknown",
    { recoveryWindowInDays: UNKNOWN },
    ["recoveryWindowInDays: is not known before deployment"],
  ],
]);

import rule from "../../../src/rules/cognito/cognito-deletion-protection.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["one destroy deletes every user; set deletionProtection to ACTIVE"]],
  [
    "violates",
    "inactive",
    { deletionProtection: "INACTIVE" },
    ["one destroy deletes every user; set deletionProtection to ACTIVE"],
  ],
  ["passes", "active", { deletionProtection: "ACTIVE" }],
  ["passes", "a floor that was lowered", { tags: { "palisade:lowered:deletion-protection": "a reason" } }],
  ["not evaluated", "unknown", { deletionProtection: UNKNOWN }, ["deletionProtection: is not known before deployment"]],
]);

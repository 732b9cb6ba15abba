import rule from "../../../src/rules/verifiedpermissions/verifiedpermissions-deletion-protection.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["a mistake deletes every permission; set deletionProtection to ENABLED"]],
  [
    "violates",
    "boundary: DISABLED",
    { deletionProtection: "DISABLED" },
    ["a mistake deletes every permission; set deletionProtection to ENABLED"],
  ],
  ["passes", "ENABLED", { deletionProtection: "ENABLED" }],
  ["not evaluated", "unknown", { deletionProtection: UNKNOWN }, ["deletionProtection: is not known before deployment"]],
  [
    "passes",
    "a floor that was lowered with a reason",
    { deletionProtection: "DISABLED", tags: { "palisade:lowered:deletion-protection": "a reason" } },
  ],
]);

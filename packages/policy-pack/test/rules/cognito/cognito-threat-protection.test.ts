import rule from "../../../src/rules/cognito/cognito-threat-protection.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["threat protection is OFF; set advancedSecurityMode to ENFORCED"]],
  [
    "violates",
    "the boundary: it only looks",
    { userPoolAddOns: { advancedSecurityMode: "AUDIT" } },
    ["threat protection is AUDIT; set advancedSecurityMode to ENFORCED"],
  ],
  ["passes", "enforced", { userPoolAddOns: { advancedSecurityMode: "ENFORCED" } }],
  ["not evaluated", "unknown", { userPoolAddOns: UNKNOWN }, ["userPoolAddOns: is not known before deployment"]],
  [
    "passes",
    "a floor that was lowered with a reason",
    { userPoolAddOns: { advancedSecurityMode: "OFF" }, tags: { "palisade:lowered:threat-protection": "a reason" } },
  ],
]);

import rule from "../../../src/rules/cognito/cognito-custom-auth-protection.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "absent",
    { lambdaConfig: { defineAuthChallenge: "arn" } },
    ["a risky custom sign-in passes; set advancedSecurityAdditionalFlows.customAuthMode to ENFORCED"],
  ],
  [
    "violates",
    "boundary: AUDIT",
    {
      lambdaConfig: { defineAuthChallenge: "arn" },
      userPoolAddOns: { advancedSecurityAdditionalFlows: { customAuthMode: "AUDIT" } },
    },
    ["a risky custom sign-in passes; set advancedSecurityAdditionalFlows.customAuthMode to ENFORCED"],
  ],
  [
    "passes",
    "ENFORCED",
    {
      lambdaConfig: { defineAuthChallenge: "arn" },
      userPoolAddOns: { advancedSecurityAdditionalFlows: { customAuthMode: "ENFORCED" } },
    },
  ],
  ["not applicable", "no custom authentication", {}, ["it has no custom authentication"]],
  ["not evaluated", "unknown", { lambdaConfig: UNKNOWN }, ["lambdaConfig: is not known before deployment"]],
]);

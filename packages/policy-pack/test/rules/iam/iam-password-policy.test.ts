import rule from "../../../src/rules/iam/iam-password-policy.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

const good = {
  minimumPasswordLength: 14,
  passwordReusePrevention: 24,
  requireLowercaseCharacters: true,
  requireUppercaseCharacters: true,
  requireNumbers: true,
  requireSymbols: true,
};

ruleCases(rule, [
  ["passes", "boundary: all as asked", good],
  [
    "violates",
    "boundary: 13 characters",
    { ...good, minimumPasswordLength: 13 },
    ["13 characters are enough; set minimumPasswordLength to 14 or more"],
  ],
  [
    "violates",
    "23 remembered",
    { ...good, passwordReusePrevention: 23 },
    ["the last 23 are refused; set passwordReusePrevention to 24"],
  ],
  ["violates", "no symbols", { ...good, requireSymbols: false }, ["requireSymbols is off; set it"]],
  [
    "violates",
    "nothing said",
    {},
    [
      "6 characters are enough; set minimumPasswordLength to 14 or more",
      "the last 0 are refused; set passwordReusePrevention to 24",
      "requireLowercaseCharacters is off; set it",
      "requireUppercaseCharacters is off; set it",
      "requireNumbers is off; set it",
      "requireSymbols is off; set it",
    ],
  ],
  [
    "not evaluated",
    "unknown",
    { ...good, minimumPasswordLength: UNKNOWN },
    ["minimumPasswordLength: is not known before deployment"],
  ],
]);

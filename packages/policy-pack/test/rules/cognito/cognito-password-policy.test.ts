import rule from "../../../src/rules/cognito/cognito-password-policy.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

const KINDS = { requireLowercase: true, requireUppercase: true, requireNumbers: true, requireSymbols: true };

ruleCases(rule, [
  [
    "violates",
    "weak in every way",
    {
      passwordPolicy: {
        minimumLength: 7,
        requireLowercase: true,
        requireNumbers: true,
        temporaryPasswordValidityDays: 8,
      },
    },
    [
      "passwordPolicy.minimumLength is 7; set at least 8",
      "passwordPolicy.requireUppercase is off; set it to true",
      "passwordPolicy.requireSymbols is off; set it to true",
      "a temporary password is good for 8 days; at most 7",
    ],
  ],
  ["passes", "the boundary", { passwordPolicy: { minimumLength: 8, temporaryPasswordValidityDays: 7, ...KINDS } }],
  ["passes", "Cognito's default for temporary passwords", { passwordPolicy: { minimumLength: 15, ...KINDS } }],
  ["not evaluated", "unknown", { passwordPolicy: UNKNOWN }, ["passwordPolicy: is not known before deployment"]],
  [
    "not evaluated",
    "one part unknown",
    { passwordPolicy: { minimumLength: 8, ...KINDS, requireSymbols: UNKNOWN } },
    ["passwordPolicy.requireSymbols: is not known before deployment"],
  ],
  [
    "violates",
    "the boundary: seven",
    { passwordPolicy: { minimumLength: 7, ...KINDS } },
    ["passwordPolicy.minimumLength is 7; set at least 8"],
  ],
]);

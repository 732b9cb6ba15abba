import rule from "../../../src/rules/cognito/cognito-client-token-revocation.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "false",
    { enableTokenRevocation: false },
    ["a stolen refresh token is good to its end; set enableTokenRevocation to true"],
  ],
  ["passes", "absent: AWS's default is safe", {}],
  ["passes", "true", { enableTokenRevocation: true }],
  ["passes", "true, as text", { enableTokenRevocation: "true" }],
  [
    "not evaluated",
    "unknown",
    { enableTokenRevocation: UNKNOWN },
    ["enableTokenRevocation: is not known before deployment"],
  ],
  [
    "not evaluated",
    "wrong type",
    { enableTokenRevocation: [1] },
    ["enableTokenRevocation: is a list, where the rule expects a boolean"],
  ],
]);

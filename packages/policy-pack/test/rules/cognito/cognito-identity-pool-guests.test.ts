import rule from "../../../src/rules/cognito/cognito-identity-pool-guests.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "true",
    { allowUnauthenticatedIdentities: true },
    ["guests get AWS credentials; set allowUnauthenticatedIdentities to false"],
  ],
  ["passes", "absent: AWS's default is safe", {}],
  ["passes", "false", { allowUnauthenticatedIdentities: false }],
  ["passes", "false, as text", { allowUnauthenticatedIdentities: "false" }],
  [
    "not evaluated",
    "unknown",
    { allowUnauthenticatedIdentities: UNKNOWN },
    ["allowUnauthenticatedIdentities: is not known before deployment"],
  ],
  [
    "not evaluated",
    "wrong type",
    { allowUnauthenticatedIdentities: [1] },
    ["allowUnauthenticatedIdentities: is a list, where the rule expects a boolean"],
  ],
]);

import rule from "../../../src/rules/rds/rds-iam-authentication.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "false",
    { iamDatabaseAuthenticationEnabled: false },
    ["passwords are the only way in; set iamDatabaseAuthenticationEnabled"],
  ],
  ["violates", "absent", {}, ["passwords are the only way in; set iamDatabaseAuthenticationEnabled"]],
  ["passes", "true", { iamDatabaseAuthenticationEnabled: true }],
  ["passes", "true, as text", { iamDatabaseAuthenticationEnabled: "true" }],
  [
    "not evaluated",
    "unknown",
    { iamDatabaseAuthenticationEnabled: UNKNOWN },
    ["iamDatabaseAuthenticationEnabled: is not known before deployment"],
  ],
  [
    "not evaluated",
    "wrong type",
    { iamDatabaseAuthenticationEnabled: [1] },
    ["iamDatabaseAuthenticationEnabled: is a list, where the rule expects a boolean"],
  ],
]);

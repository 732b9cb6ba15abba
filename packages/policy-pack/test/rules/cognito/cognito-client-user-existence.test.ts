import rule from "../../../src/rules/cognito/cognito-client-user-existence.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "legacy",
    { preventUserExistenceErrors: "LEGACY" },
    ["its errors tell which users exist; set preventUserExistenceErrors to ENABLED"],
  ],
  ["violates", "absent", {}, ["its errors tell which users exist; set preventUserExistenceErrors to ENABLED"]],
  ["passes", "enabled", { preventUserExistenceErrors: "ENABLED" }],
  [
    "not evaluated",
    "unknown",
    { preventUserExistenceErrors: UNKNOWN },
    ["preventUserExistenceErrors: is not known before deployment"],
  ],
]);

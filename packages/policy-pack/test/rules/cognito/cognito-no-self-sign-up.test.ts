import rule from "../../../src/rules/cognito/cognito-no-self-sign-up.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "false",
    { adminCreateUserConfig: { allowAdminCreateUserOnly: false } },
    ["anyone may make an account; set adminCreateUserConfig.allowAdminCreateUserOnly"],
  ],
  ["violates", "absent", {}, ["anyone may make an account; set adminCreateUserConfig.allowAdminCreateUserOnly"]],
  ["passes", "true", { adminCreateUserConfig: { allowAdminCreateUserOnly: true } }],
  ["passes", "true, as text", { adminCreateUserConfig: { allowAdminCreateUserOnly: "true" } }],
  [
    "not evaluated",
    "unknown",
    { adminCreateUserConfig: { allowAdminCreateUserOnly: UNKNOWN } },
    ["adminCreateUserConfig.allowAdminCreateUserOnly: is not known before deployment"],
  ],
  [
    "not evaluated",
    "wrong type",
    { adminCreateUserConfig: { allowAdminCreateUserOnly: [1] } },
    ["adminCreateUserConfig.allowAdminCreateUserOnly: is a list, where the rule expects a boolean"],
  ],
]);

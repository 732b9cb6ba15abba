import rule from "../../../src/rules/cognito/cognito-client-auth-flows.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "passwords",
    { explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] },
    ["ALLOW_USER_PASSWORD_AUTH sends the password itself, to anyone's scripts; use ALLOW_USER_SRP_AUTH"],
  ],
  ["passes", "SRP", { explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] }],
  ["passes", "the boundary: a server's, signed with IAM", { explicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"] }],
  ["passes", "none", {}],
  ["not evaluated", "unknown", { explicitAuthFlows: UNKNOWN }, ["explicitAuthFlows: is not known before deployment"]],
]);

import rule from "../../../src/rules/iam/iam-trust-public.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "everyone",
    { assumeRolePolicy: { Statement: [{ Effect: "Allow", Principal: { AWS: "*" } }] } },
    ["statement 0 lets everyone assume the role; name the principals or add a condition"],
  ],
  [
    "passes",
    "a service",
    { assumeRolePolicy: { Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" } }] } },
  ],
  [
    "passes",
    "an organization",
    {
      assumeRolePolicy: {
        Statement: [{ Effect: "Allow", Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }],
      },
    },
  ],
  ["not applicable", "none", {}, ["it has no policy of its own"]],
  ["not evaluated", "unknown", { assumeRolePolicy: UNKNOWN }, ["assumeRolePolicy: is not known before deployment"]],
]);

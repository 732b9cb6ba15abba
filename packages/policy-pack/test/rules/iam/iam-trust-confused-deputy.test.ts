import rule from "../../../src/rules/iam/iam-trust-confused-deputy.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "flow logs for anyone",
    { assumeRolePolicy: { Statement: [{ Effect: "Allow", Principal: { Service: "vpc-flow-logs.amazonaws.com" } }] } },
    ["vpc-flow-logs.amazonaws.com may assume it for any account; add aws:SourceAccount"],
  ],
  [
    "passes",
    "of one account",
    {
      assumeRolePolicy: {
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: ["scheduler.amazonaws.com"] },
            Condition: { StringEquals: { "aws:SourceAccount": "1" } },
          },
        ],
      },
    },
  ],
  [
    "not applicable",
    "Lambda, which assumes the roles of its own functions only",
    { assumeRolePolicy: { Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" } }] } },
    ["no service that acts for others assumes it"],
  ],
  ["not evaluated", "unknown", { assumeRolePolicy: UNKNOWN }, ["assumeRolePolicy: is not known before deployment"]],
]);

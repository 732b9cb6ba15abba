import rule from "../../../src/rules/iam/iam-privilege-escalation.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "a policy on any role",
    { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "iam:PutRolePolicy", Resource: "*" }] }) },
    ["statement 0 lets its owner take more rights by iam:PutRolePolicy; name the resources"],
  ],
  [
    "violates",
    "any function's code, hidden in a wildcard",
    {
      policy: JSON.stringify({
        Statement: [{ Effect: "Allow", Action: "lambda:UpdateFunctionC*e", Resource: "arn:aws:lambda:x:1:function:*" }],
      }),
    },
    ["statement 0 lets its owner take more rights by lambda:UpdateFunctionCode; name the resources"],
  ],
  [
    "passes",
    "one role",
    {
      policy: JSON.stringify({
        Statement: [{ Effect: "Allow", Action: "iam:PutRolePolicy", Resource: "arn:aws:iam::1:role/a" }],
      }),
    },
  ],
  [
    "passes",
    "reading IAM",
    { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: ["iam:Get*", "iam:List*"], Resource: "*" }] }) },
  ],
  ["not evaluated", "unknown", { policy: UNKNOWN }, ["policy: is not known before deployment"]],
  [
    "passes",
    "its own function, by a tag",
    {
      policy: {
        Statement: {
          Effect: "Allow",
          Action: "lambda:UpdateFunctionCode",
          Resource: "*",
          Condition: { StringEquals: { "aws:ResourceTag/team": "orders" } },
        },
      },
    },
  ],
  [
    "violates",
    "the boundary: any tag, and a tag that may be missing",
    {
      policy: {
        Statement: [
          {
            Sid: "Any",
            Effect: "Allow",
            Action: "lambda:UpdateFunctionCode",
            Resource: "*",
            Condition: { StringLike: { "aws:ResourceTag/team": "*" } },
          },
          {
            Sid: "Missing",
            Effect: "Allow",
            Action: "lambda:UpdateFunctionCode",
            Resource: "*",
            Condition: { StringEqualsIfExists: { "aws:ResourceTag/team": "a" } },
          },
        ],
      },
    },
    [
      "statement Any lets its owner take more rights by lambda:UpdateFunctionCode; name the resources",
      "statement Missing lets its owner take more rights by lambda:UpdateFunctionCode; name the resources",
    ],
  ],
]);

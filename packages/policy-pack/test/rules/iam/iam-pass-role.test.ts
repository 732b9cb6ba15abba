import rule from "../../../src/rules/iam/iam-pass-role.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "any role to any service, hidden in a wildcard",
    { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "iam:P*", Resource: "*" }] }) },
    [
      "statement 0 lets any role be passed on; name the roles",
      "statement 0 passes roles to any service; add iam:PassedToService",
    ],
  ],
  [
    "violates",
    "every role of the account",
    {
      policy: JSON.stringify({
        Statement: [
          {
            Effect: "Allow",
            Action: "iam:PassRole",
            Resource: "arn:aws:iam::1:role/*",
            Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
          },
        ],
      }),
    },
    ["statement 0 lets any role be passed on; name the roles"],
  ],
  [
    "passes",
    "one role to one service",
    {
      policy: JSON.stringify({
        Statement: [
          {
            Effect: "Allow",
            Action: "iam:PassRole",
            Resource: "arn:aws:iam::1:role/a",
            Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
          },
        ],
      }),
    },
  ],
  [
    "passes",
    "another action",
    {
      policy: JSON.stringify({
        Statement: [{ Effect: "Allow", Action: "iam:GetRole", Resource: "arn:aws:iam::1:role/a" }],
      }),
    },
  ],
  ["not evaluated", "unknown", { policy: UNKNOWN }, ["policy: is not known before deployment"]],
]);

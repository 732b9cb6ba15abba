import rule from "../../../src/rules/iam/iam-resource-wildcard.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "reading every object",
    {
      policy: JSON.stringify({
        Statement: [{ Effect: "Allow", Action: ["s3:GetObject", "xray:PutTraceSegments"], Resource: "*" }],
      }),
    },
    ["statement 0 allows s3:GetObject on every resource; name the ARNs"],
  ],
  [
    "passes",
    "traces have no resource",
    { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "xray:PutTraceSegments", Resource: "*" }] }) },
  ],
  [
    "passes",
    "a condition names the account",
    {
      policy: JSON.stringify({
        Statement: [
          {
            Effect: "Allow",
            Action: "sns:Publish",
            Resource: "*",
            Condition: { StringEquals: { "aws:PrincipalAccount": "1" } },
          },
        ],
      }),
    },
  ],
  [
    "passes",
    "an ARN, and one that is not known",
    {
      policy: JSON.stringify({
        Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" }],
      }),
    },
  ],
  [
    "passes",
    "a floor that was lowered on the role",
    { role: "r", policy: { Statement: { Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "*" } } },
    [],
    {
      type: "aws:iam/rolePolicy:RolePolicy",
      others: [resource("aws:iam/role:Role", "r", { tags: { "palisade:lowered:wildcard-Read": "a reason" } })],
    },
  ],
  [
    "not evaluated",
    "an unknown resource",
    { policy: { Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: [UNKNOWN] }] } },
    ["policy.Statement[0].Resource[0]: is not known before deployment"],
  ],
  [
    "violates",
    "the boundary: every bucket",
    { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] }) },
    ["statement 0 allows s3:GetObject on every resource; name the ARNs"],
  ],
]);

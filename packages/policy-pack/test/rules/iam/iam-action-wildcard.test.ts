import rule from "../../../src/rules/iam/iam-action-wildcard.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "a family; a suffix; a mark",
    {
      policy: JSON.stringify({
        Statement: [{ Effect: "Allow", Action: ["s3:Get*", "s3:*Object", "s3:Ge?"], Resource: "*" }],
      }),
    },
    ["s3:Get*", "s3:*Object", "s3:Ge?"].map((action) => `statement 0 allows ${action}; list the actions`),
  ],
  [
    "passes",
    "the boundary: a whole service is another rule's",
    { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: ["s3:*"], Resource: "*" }] }) },
  ],
  [
    "passes",
    "a floor that was lowered on the role",
    { role: "r", policy: { Statement: { Sid: "Read", Effect: "Allow", Action: "s3:Get*", Resource: "x" } } },
    [],
    {
      type: "aws:iam/rolePolicy:RolePolicy",
      others: [resource("aws:iam/role:Role", "r", { tags: { "palisade:lowered:wildcard-Read": "a reason" } })],
    },
  ],
  ["not evaluated", "unknown", { policy: UNKNOWN }, ["policy: is not known before deployment"]],
  [
    "violates",
    "the boundary: a family of the service",
    { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: ["s3:G*"], Resource: "*" }] }) },
    ["statement 0 allows s3:G*; list the actions"],
  ],
]);

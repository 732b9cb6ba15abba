import rule from "../../../src/rules/lambda/lambda-role-of-its-own.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const FUNCTION = "aws:lambda/function:Function";
const ROLE_URN = "urn:pulumi:stack::project::aws:iam/role:Role::subject";

ruleCases(rule, [
  [
    "violates",
    "two functions",
    {},
    ["2 functions share it (a, b); give each its own role"],
    {
      others: [
        resource(FUNCTION, "b", { role: "arn:aws:iam::1:role/subject" }),
        resource(FUNCTION, "a", { role: UNKNOWN }, { dependencies: { role: [ROLE_URN] } }),
      ],
    },
  ],
  ["passes", "one function", {}, [], { others: [resource(FUNCTION, "a", { role: "arn:aws:iam::1:role/subject" })] }],
  [
    "not applicable",
    "no function",
    {},
    ["no function uses it"],
    { others: [resource(FUNCTION, "a", { role: "arn:aws:iam::1:role/other" })] },
  ],
  [
    "not evaluated",
    "a function whose role nobody knows",
    {},
    ["role of a function: is not known before deployment"],
    {
      others: [
        resource(FUNCTION, "a", { role: "arn:aws:iam::1:role/subject" }),
        resource(FUNCTION, "b", { role: UNKNOWN }),
      ],
    },
  ],
  [
    "violates",
    "the boundary: the same two, and both use it",
    {},
    ["2 functions share it (a, b); give each its own role"],
    {
      others: [
        resource(FUNCTION, "a", { role: "arn:aws:iam::1:role/subject" }),
        resource(FUNCTION, "b", { role: "arn:aws:iam::1:role/subject" }),
      ],
    },
  ],
]);

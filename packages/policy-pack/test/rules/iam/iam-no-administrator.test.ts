import rule from "../../../src/rules/iam/iam-no-administrator.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const EVERYTHING = { policy: { Statement: { Effect: "Allow", Action: "*", Resource: "*" } } };

ruleCases(rule, [
  [
    "violates",
    "everything",
    { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }) },
    ["statement 0 allows everything; list what is needed"],
  ],
  [
    "violates",
    "an inline policy of a role, beside one that is not known",
    { inlinePolicies: [{ policy: { Statement: { Sid: "All", Effect: "Allow", Action: ["*"], Resource: ["*"] } } }] },
    ["statement All allows everything; list what is needed"],
    { type: "aws:iam/role:Role" },
  ],
  [
    "passes",
    "a denial of everything",
    { policy: JSON.stringify({ Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] }) },
  ],
  [
    "passes",
    "every action on one bucket is another rule's",
    { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: "arn:aws:s3:::b" }] }) },
  ],
  ["passes", "a role without inline policies", {}, [], { type: "aws:iam/role:Role" }],
  ["not evaluated", "unknown", { policy: UNKNOWN }, ["policy: is not known before deployment"]],
  ["not evaluated", "no JSON", { policy: "{" }, ["policy: is no JSON"]],
  [
    "not applicable",
    "a permissions boundary",
    EVERYTHING,
    ["it is a permissions boundary, which grants nothing"],
    { others: [resource("aws:iam/role:Role", "r", { permissionsBoundary: "subject" })] },
  ],
  [
    "violates",
    "a boundary that is also attached",
    EVERYTHING,
    ["statement 0 allows everything; list what is needed"],
    {
      others: [
        resource("aws:iam/user:User", "u", { permissionsBoundary: "subject" }),
        resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", { policyArn: "subject" }),
      ],
    },
  ],
]);

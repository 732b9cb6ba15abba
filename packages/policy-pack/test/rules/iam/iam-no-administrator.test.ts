import rule from "../../../src/rules/iam/iam-no-administrator.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

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
]);

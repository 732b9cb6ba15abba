import rule from "../../../src/rules/iam/iam-no-service-wildcard.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "a service, and all",
    { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: ["s3:*", "*"], Resource: "*" }] }) },
    ["statement 0 allows s3:*; list the actions", "statement 0 allows *; list the actions"],
  ],
  [
    "passes",
    "a family of actions is another rule's",
    { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: "*" }] }) },
  ],
  [
    "passes",
    "one action",
    { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] }) },
  ],
  ["not evaluated", "unknown", { policy: UNKNOWN }, ["policy: is not known before deployment"]],
  [
    "violates",
    "the boundary: all of the service",
    { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] }) },
    ["statement 0 allows s3:*; list the actions"],
  ],
]);

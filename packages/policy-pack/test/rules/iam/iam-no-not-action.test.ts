import rule from "../../../src/rules/iam/iam-no-not-action.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "all but IAM",
    { policy: JSON.stringify({ Statement: [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }] }) },
    ["statement 0 allows all but NotAction; list what is allowed"],
  ],
  [
    "passes",
    "a denial of all but",
    { policy: JSON.stringify({ Statement: [{ Effect: "Deny", NotAction: "iam:*", Resource: "*" }] }) },
  ],
  [
    "passes",
    "an action",
    { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] }) },
  ],
  ["not evaluated", "unknown", { policy: UNKNOWN }, ["policy: is not known before deployment"]],
]);

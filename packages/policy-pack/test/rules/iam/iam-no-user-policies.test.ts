import rule from "../../../src/rules/iam/iam-no-user-policies.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "an inline policy", {}, ["the policy is a user's; attach it to a group or a role"]],
  [
    "violates",
    "an attachment to a user",
    { users: ["a"] },
    ["the policy is a user's; attach it to a group or a role"],
    { type: "aws:iam/policyAttachment:PolicyAttachment" },
  ],
  [
    "passes",
    "an attachment to roles",
    { roles: ["a"], users: [] },
    [],
    { type: "aws:iam/policyAttachment:PolicyAttachment" },
  ],
  [
    "not evaluated",
    "unknown",
    { users: UNKNOWN },
    ["users: is not known before deployment"],
    { type: "aws:iam/policyAttachment:PolicyAttachment" },
  ],
]);

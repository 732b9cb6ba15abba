import rule from "../../../src/rules/iam/iam-no-broad-managed-policy.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "an administrator",
    { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    ["AdministratorAccess allows far more than is needed; write a policy"],
  ],
  [
    "violates",
    "a role's own list",
    { managedPolicyArns: ["arn:aws-cn:iam::aws:policy/AmazonS3FullAccess"] },
    ["AmazonS3FullAccess allows far more than is needed; write a policy"],
    { type: "aws:iam/role:Role" },
  ],
  ["passes", "a service role's", { policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole" }],
  [
    "passes",
    "one of the account's own is judged where it is made",
    { policyArn: "arn:aws:iam::1:policy/MyFullAccess" },
  ],
  ["not evaluated", "unknown", { policyArn: UNKNOWN }, ["policyArn: is not known before deployment"]],
]);

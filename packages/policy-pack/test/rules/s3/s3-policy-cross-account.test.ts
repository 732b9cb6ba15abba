import rule from "../../../src/rules/s3/s3-policy-cross-account.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "everything",
    {
      policy: JSON.stringify({ Statement: [{ Sid: "All", Effect: "Allow", Principal: "*", Action: "s3:PutBucket*" }] }),
    },
    ["statement All lets * do s3:PutBucketAcl, s3:PutBucketPolicy; take them out, or use a role's policy"],
  ],
  [
    "violates",
    "boundary: one action",
    {
      policy: {
        Statement: { Effect: "Allow", Principal: { AWS: "arn:aws:iam::444455556666:root" }, Action: "s3:PutObjectAcl" },
      },
    },
    ["statement  lets arn:aws:iam::444455556666:root do s3:PutObjectAcl; take them out, or use a role's policy"],
  ],
  [
    "passes",
    "an action that is none of them",
    {
      policy: {
        Statement: { Effect: "Allow", Principal: { AWS: "arn:aws:iam::444455556666:root" }, Action: "s3:PutObject" },
      },
    },
  ],
  [
    "passes",
    "a deny, and a service",
    {
      policy: {
        Statement: [
          { Effect: "Deny", Principal: "*", Action: "s3:*" },
          { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Action: "s3:*" },
        ],
      },
    },
  ],
  ["not evaluated", "unknown", { policy: UNKNOWN }, ["policy: is not known before deployment"]],
]);

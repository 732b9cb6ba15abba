import rule from "../../../src/rules/s3/s3-object-lock.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const TRAIL = resource("aws:cloudtrail/trail:Trail", "trail", { s3BucketName: "subject" });

ruleCases(rule, [
  [
    "violates",
    "none",
    {},
    ["who administers the account may change what the trail wrote; add aws.s3.BucketObjectLockConfiguration"],
    { others: [TRAIL] },
  ],
  [
    "violates",
    "boundary",
    {},
    ["who administers the account may change what the trail wrote; add aws.s3.BucketObjectLockConfiguration"],
    {
      others: [
        TRAIL,
        resource("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "c", {
          bucket: "subject",
          rule: {},
        }),
      ],
    },
  ],
  [
    "passes",
    "with it",
    {},
    [],
    {
      others: [
        TRAIL,
        resource("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "c", {
          bucket: "subject",
          rule: { defaultRetention: { days: 1, mode: "GOVERNANCE" } },
        }),
      ],
    },
  ],
  [
    "not evaluated",
    "unknown",
    {},
    ["rule: is not known before deployment"],
    {
      others: [
        TRAIL,
        resource("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "c", {
          bucket: "subject",
          rule: UNKNOWN,
        }),
      ],
    },
  ],
  ["not applicable", "no trail", {}, ["no trail writes to it"]],
]);

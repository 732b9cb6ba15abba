import rule from "../../../src/rules/s3/s3-lifecycle.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "none", {}, ["nothing in it ever ends; add aws.s3.BucketLifecycleConfiguration"]],
  [
    "violates",
    "boundary",
    {},
    ["nothing in it ever ends; add aws.s3.BucketLifecycleConfiguration"],
    {
      others: [
        resource("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "c", {
          bucket: "subject",
          rules: [{ status: "Disabled" }],
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
        resource("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "c", {
          bucket: "subject",
          rules: [{ status: "Enabled" }],
        }),
      ],
    },
  ],
  [
    "not evaluated",
    "unknown",
    {},
    ["rules: is not known before deployment"],
    {
      others: [
        resource("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "c", {
          bucket: "subject",
          rules: UNKNOWN,
        }),
      ],
    },
  ],
]);

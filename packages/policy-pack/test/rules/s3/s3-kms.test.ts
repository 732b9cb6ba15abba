import rule from "../../../src/rules/s3/s3-kms.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const KEY = resource("aws:kms/key:Key", "key", {});

ruleCases(rule, [
  [
    "violates",
    "none",
    {},
    ["it is encrypted with S3's key alone; add aws.s3.BucketServerSideEncryptionConfiguration with aws:kms"],
    { others: [KEY] },
  ],
  [
    "violates",
    "boundary",
    {},
    ["it is encrypted with S3's key alone; add aws.s3.BucketServerSideEncryptionConfiguration with aws:kms"],
    {
      others: [
        KEY,
        resource("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", "c", {
          bucket: "subject",
          rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
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
        KEY,
        resource("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", "c", {
          bucket: "subject",
          rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
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
        KEY,
        resource("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", "c", {
          bucket: "subject",
          rules: UNKNOWN,
        }),
      ],
    },
  ],
  ["not applicable", "a stack without a key", {}, ["the stack has no key of its own"]],
  [
    "not applicable",
    "the target of access logs",
    {},
    ["it takes the access logs of others"],
    {
      others: [KEY, resource("aws:s3/bucketLogging:BucketLogging", "l", { bucket: "other", targetBucket: "subject" })],
    },
  ],
]);

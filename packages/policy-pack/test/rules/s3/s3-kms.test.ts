import rule from "../../../src/rules/s3/s3-kms.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "none",
    {},
    ["it is encrypted with S3's key alone; add aws.s3.BucketServerSideEncryptionConfiguration with aws:kms"],
  ],
  [
    "violates",
    "boundary",
    {},
    ["it is encrypted with S3's key alone; add aws.s3.BucketServerSideEncryptionConfiguration with aws:kms"],
    {
      others: [
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
        resource("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", "c", {
          bucket: "subject",
          rules: UNKNOWN,
        }),
      ],
    },
  ],
]);

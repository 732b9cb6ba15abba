import rule from "../../../src/rules/glue/glue-security-configuration.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const WITH_KEY = { others: [resource("aws:kms/key:Key", "key", {})] };

ruleCases(rule, [
  [
    "violates",
    "absent",
    {},
    [
      "it leaves cloudwatchEncryption as it is; set its cloudwatchEncryptionMode",
      "it leaves jobBookmarksEncryption as it is; set its jobBookmarksEncryptionMode",
      "it leaves s3Encryption as it is; set its s3EncryptionMode",
    ],
    WITH_KEY,
  ],
  [
    "violates",
    "a stack without a key: the files alone",
    {},
    ["it leaves s3Encryption as it is; set its s3EncryptionMode"],
  ],
  [
    "passes",
    "a stack without a key: S3's own",
    { encryptionConfiguration: { s3Encryption: { s3EncryptionMode: "SSE-S3" } } },
  ],
  [
    "violates",
    "boundary: two of three",
    {
      encryptionConfiguration: {
        cloudwatchEncryption: { cloudwatchEncryptionMode: "DISABLED" },
        jobBookmarksEncryption: { jobBookmarksEncryptionMode: "CSE-KMS" },
        s3Encryption: { s3EncryptionMode: "SSE-KMS" },
      },
    },
    ["it leaves cloudwatchEncryption as it is; set its cloudwatchEncryptionMode"],
    WITH_KEY,
  ],
  [
    "passes",
    "three",
    {
      encryptionConfiguration: {
        cloudwatchEncryption: { cloudwatchEncryptionMode: "SSE-KMS" },
        jobBookmarksEncryption: { jobBookmarksEncryptionMode: "CSE-KMS" },
        s3Encryption: { s3EncryptionMode: "SSE-KMS" },
      },
    },
    [],
    WITH_KEY,
  ],
  [
    "not evaluated",
    "unknown",
    {
      encryptionConfiguration: {
        cloudwatchEncryption: { cloudwatchEncryptionMode: "SSE-KMS" },
        jobBookmarksEncryption: { jobBookmarksEncryptionMode: "CSE-KMS" },
        s3Encryption: UNKNOWN,
      },
    },
    ["encryptionConfiguration.s3Encryption: is not known before deployment"],
  ],
]);

import rule from "../../../src/rules/glue/glue-security-configuration.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

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

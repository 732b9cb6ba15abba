import rule from "../../../src/rules/kinesis/kinesis-encrypted.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["what is in it is not encrypted; set encryptionType to KMS"]],
  [
    "violates",
    "boundary: NONE",
    { encryptionType: "NONE" },
    ["what is in it is not encrypted; set encryptionType to KMS"],
  ],
  ["passes", "KMS", { encryptionType: "KMS" }],
  ["not evaluated", "unknown", { encryptionType: UNKNOWN }, ["encryptionType: is not known before deployment"]],
]);

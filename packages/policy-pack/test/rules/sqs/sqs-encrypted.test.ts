import rule from "../../../src/rules/sqs/sqs-encrypted.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "off",
    { sqsManagedSseEnabled: false },
    ["its messages are not encrypted; set sqsManagedSseEnabled to true"],
  ],
  ["passes", "absent: SQS's default", {}],
  ["passes", "a key", { sqsManagedSseEnabled: false, kmsMasterKeyId: UNKNOWN }],
  [
    "not evaluated",
    "unknown",
    { sqsManagedSseEnabled: UNKNOWN },
    ["sqsManagedSseEnabled: is not known before deployment"],
  ],
]);

import rule from "../../../src/rules/kinesis/firehose-encrypted.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["what waits in it is not encrypted; set serverSideEncryption.enabled"]],
  [
    "violates",
    "boundary: false",
    { serverSideEncryption: { enabled: false } },
    ["what waits in it is not encrypted; set serverSideEncryption.enabled"],
  ],
  ["passes", "true", { serverSideEncryption: { enabled: true } }],
  [
    "not applicable",
    "from a stream",
    { kinesisSourceConfiguration: {} },
    ["its source is a stream, which holds the data"],
  ],
  [
    "not evaluated",
    "unknown",
    { serverSideEncryption: UNKNOWN },
    ["serverSideEncryption: is not known before deployment"],
  ],
]);

import rule from "../../../src/rules/dynamodb/dax-encrypted.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["what it caches is not encrypted; set serverSideEncryption.enabled"]],
  [
    "violates",
    "false",
    { serverSideEncryption: { enabled: false } },
    ["what it caches is not encrypted; set serverSideEncryption.enabled"],
  ],
  ["passes", "true", { serverSideEncryption: { enabled: true } }],
  [
    "not evaluated",
    "unknown",
    { serverSideEncryption: { enabled: UNKNOWN } },
    ["serverSideEncryption.enabled: is not known before deployment"],
  ],
]);

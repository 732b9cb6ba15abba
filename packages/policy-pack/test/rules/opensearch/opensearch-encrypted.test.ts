import rule from "../../../src/rules/opensearch/opensearch-encrypted.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["what it holds is not encrypted; set encryptAtRest.enabled"]],
  [
    "violates",
    "false",
    { encryptAtRest: { enabled: false } },
    ["what it holds is not encrypted; set encryptAtRest.enabled"],
  ],
  ["passes", "true", { encryptAtRest: { enabled: true } }],
  [
    "not evaluated",
    "unknown",
    { encryptAtRest: { enabled: UNKNOWN } },
    ["encryptAtRest.enabled: is not known before deployment"],
  ],
]);

import rule from "../../../src/rules/opensearch/opensearch-node-encryption.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["its nodes talk in plain text; set nodeToNodeEncryption.enabled"]],
  [
    "violates",
    "false",
    { nodeToNodeEncryption: { enabled: false } },
    ["its nodes talk in plain text; set nodeToNodeEncryption.enabled"],
  ],
  ["passes", "true", { nodeToNodeEncryption: { enabled: true } }],
  [
    "not evaluated",
    "unknown",
    { nodeToNodeEncryption: { enabled: UNKNOWN } },
    ["nodeToNodeEncryption.enabled: is not known before deployment"],
  ],
]);

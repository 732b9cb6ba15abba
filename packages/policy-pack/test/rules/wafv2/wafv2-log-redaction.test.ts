import rule from "../../../src/rules/wafv2/wafv2-log-redaction.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "none",
    {},
    [
      "its log holds the header authorization; add it to redactedFields",
      "its log holds the header cookie; add it to redactedFields",
    ],
  ],
  [
    "violates",
    "one",
    { redactedFields: [{ singleHeader: { name: "Authorization" } }, { method: {} }] },
    ["its log holds the header cookie; add it to redactedFields"],
  ],
  [
    "passes",
    "both",
    { redactedFields: [{ singleHeader: { name: "authorization" } }, { singleHeader: { name: "cookie" } }] },
  ],
  ["not evaluated", "unknown", { redactedFields: UNKNOWN }, ["redactedFields: is not known before deployment"]],
]);

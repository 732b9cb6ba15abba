import rule from "../../../src/rules/opensearch/opensearch-audit-logs.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["reads and changes are logged nowhere; add AUDIT_LOGS to logPublishingOptions"]],
  [
    "violates",
    "switched off",
    { logPublishingOptions: [{ logType: "AUDIT_LOGS", enabled: false }] },
    ["reads and changes are logged nowhere; add AUDIT_LOGS to logPublishingOptions"],
  ],
  [
    "violates",
    "another log",
    { logPublishingOptions: [{ logType: "INDEX_SLOW_LOGS", enabled: true }] },
    ["reads and changes are logged nowhere; add AUDIT_LOGS to logPublishingOptions"],
  ],
  ["passes", "published", { logPublishingOptions: [{ logType: "AUDIT_LOGS", enabled: true }] }],
  [
    "not evaluated",
    "unknown",
    { logPublishingOptions: UNKNOWN },
    ["logPublishingOptions: is not known before deployment"],
  ],
]);

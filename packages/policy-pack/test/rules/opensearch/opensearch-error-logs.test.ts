import rule from "../../../src/rules/opensearch/opensearch-error-logs.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["errors are logged nowhere; add ES_APPLICATION_LOGS to logPublishingOptions"]],
  [
    "violates",
    "switched off",
    { logPublishingOptions: [{ logType: "ES_APPLICATION_LOGS", enabled: false }] },
    ["errors are logged nowhere; add ES_APPLICATION_LOGS to logPublishingOptions"],
  ],
  [
    "violates",
    "another log",
    { logPublishingOptions: [{ logType: "INDEX_SLOW_LOGS", enabled: true }] },
    ["errors are logged nowhere; add ES_APPLICATION_LOGS to logPublishingOptions"],
  ],
  ["passes", "published", { logPublishingOptions: [{ logType: "ES_APPLICATION_LOGS", enabled: true }] }],
  [
    "not evaluated",
    "unknown",
    { logPublishingOptions: UNKNOWN },
    ["logPublishingOptions: is not known before deployment"],
  ],
]);

import rule from "../../../src/rules/wafv2/wafv2-rule-metrics.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

const METRICS = { visibilityConfig: { cloudwatchMetricsEnabled: true } };

ruleCases(rule, [
  [
    "violates",
    "one of two",
    { rules: [{ name: "a", ...METRICS }, { name: "b" }] },
    ["the rule b has no metrics; set visibilityConfig.cloudwatchMetricsEnabled"],
  ],
  ["passes", "all", { rules: [{ name: "a", ...METRICS }] }],
  ["passes", "no rules", {}],
  [
    "not evaluated",
    "unknown",
    { rules: [{ visibilityConfig: UNKNOWN }] },
    ["rules[0].visibilityConfig: is not known before deployment"],
  ],
]);

import rule from "../../../src/rules/wafv2/wafv2-has-rules.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "none", {}, ["it has no rules; add some"]],
  ["violates", "the boundary: an empty list", { rules: [] }, ["it has no rules; add some"]],
  ["passes", "one", { rules: [{ name: "a" }] }],
  ["passes", "in JSON", { ruleJson: "[]" }],
  ["not evaluated", "unknown", { rules: UNKNOWN }, ["rules: is not known before deployment"]],
]);

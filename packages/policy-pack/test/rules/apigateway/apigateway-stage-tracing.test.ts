import rule from "../../../src/rules/apigateway/apigateway-stage-tracing.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "false", { xrayTracingEnabled: false }, ["it is not traced; set xrayTracingEnabled"]],
  ["violates", "absent", {}, ["it is not traced; set xrayTracingEnabled"]],
  ["passes", "true", { xrayTracingEnabled: true }],
  ["passes", "true, as text", { xrayTracingEnabled: "true" }],
  ["not evaluated", "unknown", { xrayTracingEnabled: UNKNOWN }, ["xrayTracingEnabled: is not known before deployment"]],
  [
    "not evaluated",
    "wrong type",
    { xrayTracingEnabled: [1] },
    ["xrayTracingEnabled: is a list, where the rule expects a boolean"],
  ],
]);

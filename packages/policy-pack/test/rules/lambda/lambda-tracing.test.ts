import rule from "../../../src/rules/lambda/lambda-tracing.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "PassThrough",
    { tracingConfig: { mode: "PassThrough" } },
    ["it is not traced; set tracingConfig.mode to Active"],
  ],
  ["violates", "absent", {}, ["it is not traced; set tracingConfig.mode to Active"]],
  ["passes", "Active", { tracingConfig: { mode: "Active" } }],
  ["not evaluated", "unknown", { tracingConfig: UNKNOWN }, ["tracingConfig: is not known before deployment"]],
]);

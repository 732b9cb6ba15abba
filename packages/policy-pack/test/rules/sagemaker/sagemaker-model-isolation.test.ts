import rule from "../../../src/rules/sagemaker/sagemaker-model-isolation.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["its container may call out; set enableNetworkIsolation"]],
  ["violates", "false", { enableNetworkIsolation: false }, ["its container may call out; set enableNetworkIsolation"]],
  ["passes", "true", { enableNetworkIsolation: true }],
  [
    "not evaluated",
    "unknown",
    { enableNetworkIsolation: UNKNOWN },
    ["enableNetworkIsolation: is not known before deployment"],
  ],
]);

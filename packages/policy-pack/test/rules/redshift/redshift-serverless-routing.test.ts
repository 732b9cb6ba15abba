import rule from "../../../src/rules/redshift/redshift-serverless-routing.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["its copies and unloads leave the network; set enhancedVpcRouting"]],
  [
    "violates",
    "false",
    { enhancedVpcRouting: false },
    ["its copies and unloads leave the network; set enhancedVpcRouting"],
  ],
  ["passes", "true", { enhancedVpcRouting: true }],
  ["not evaluated", "unknown", { enhancedVpcRouting: UNKNOWN }, ["enhancedVpcRouting: is not known before deployment"]],
]);

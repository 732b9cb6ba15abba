import rule from "../../../src/rules/redshift/redshift-routing.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent: the default", {}, ["it copies from and to S3 past the network; set enhancedVpcRouting"]],
  [
    "violates",
    "boundary: false",
    { enhancedVpcRouting: false },
    ["it copies from and to S3 past the network; set enhancedVpcRouting"],
  ],
  ["passes", "boundary: true", { enhancedVpcRouting: true }],
  ["not evaluated", "unknown", { enhancedVpcRouting: UNKNOWN }, ["enhancedVpcRouting: is not known before deployment"]],
]);

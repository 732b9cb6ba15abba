import rule from "../../../src/rules/lambda/lambda-network-zones.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "one subnet",
    { vpcConfig: { subnetIds: [UNKNOWN] } },
    ["it has 1 subnet; give it subnets of two zones"],
  ],
  ["passes", "the boundary: two", { vpcConfig: { subnetIds: [UNKNOWN, UNKNOWN] } }],
  ["not applicable", "no network", {}, ["it is in no network"]],
  [
    "not evaluated",
    "unknown",
    { vpcConfig: { subnetIds: UNKNOWN } },
    ["vpcConfig.subnetIds: is not known before deployment"],
  ],
]);

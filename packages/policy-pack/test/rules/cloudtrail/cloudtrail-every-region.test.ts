import rule from "../../../src/rules/cloudtrail/cloudtrail-every-region.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "false", { isMultiRegionTrail: false }, ["it records one region; set isMultiRegionTrail"]],
  ["violates", "absent", {}, ["it records one region; set isMultiRegionTrail"]],
  ["passes", "true", { isMultiRegionTrail: true }],
  ["passes", "true, as text", { isMultiRegionTrail: "true" }],
  ["not evaluated", "unknown", { isMultiRegionTrail: UNKNOWN }, ["isMultiRegionTrail: is not known before deployment"]],
  [
    "not evaluated",
    "wrong type",
    { isMultiRegionTrail: [1] },
    ["isMultiRegionTrail: is a list, where the rule expects a boolean"],
  ],
]);

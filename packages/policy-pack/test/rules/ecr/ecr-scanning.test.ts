import rule from "../../../src/rules/ecr/ecr-scanning.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["nobody looks at its images; set imageScanningConfiguration.scanOnPush"]],
  [
    "violates",
    "false",
    { imageScanningConfiguration: { scanOnPush: false } },
    ["nobody looks at its images; set imageScanningConfiguration.scanOnPush"],
  ],
  ["passes", "true", { imageScanningConfiguration: { scanOnPush: true } }],
  [
    "not evaluated",
    "unknown",
    { imageScanningConfiguration: { scanOnPush: UNKNOWN } },
    ["imageScanningConfiguration.scanOnPush: is not known before deployment"],
  ],
]);

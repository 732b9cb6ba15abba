import rule from "../../../src/rules/opensearch/opensearch-software-updates.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["it stays on old software; set softwareUpdateOptions.autoSoftwareUpdateEnabled"]],
  [
    "violates",
    "false",
    { softwareUpdateOptions: { autoSoftwareUpdateEnabled: false } },
    ["it stays on old software; set softwareUpdateOptions.autoSoftwareUpdateEnabled"],
  ],
  ["passes", "true", { softwareUpdateOptions: { autoSoftwareUpdateEnabled: true } }],
  [
    "not evaluated",
    "unknown",
    { softwareUpdateOptions: { autoSoftwareUpdateEnabled: UNKNOWN } },
    ["softwareUpdateOptions.autoSoftwareUpdateEnabled: is not known before deployment"],
  ],
]);

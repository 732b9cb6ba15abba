import rule from "../../../src/rules/opensearch/opensearch-access-control.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["who reaches it reads every index; set advancedSecurityOptions.enabled"]],
  [
    "violates",
    "false",
    { advancedSecurityOptions: { enabled: false } },
    ["who reaches it reads every index; set advancedSecurityOptions.enabled"],
  ],
  ["passes", "true", { advancedSecurityOptions: { enabled: true } }],
  [
    "not evaluated",
    "unknown",
    { advancedSecurityOptions: { enabled: UNKNOWN } },
    ["advancedSecurityOptions.enabled: is not known before deployment"],
  ],
]);

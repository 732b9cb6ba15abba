import rule from "../../../src/rules/athena/athena-workgroup-enforced.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["passes", "absent", {}],
  [
    "violates",
    "false",
    { configuration: { enforceWorkgroupConfiguration: false } },
    ["a user may choose another place and no encryption; set configuration.enforceWorkgroupConfiguration"],
  ],
  ["passes", "true", { configuration: { enforceWorkgroupConfiguration: true } }],
  [
    "not evaluated",
    "unknown",
    { configuration: { enforceWorkgroupConfiguration: UNKNOWN } },
    ["configuration.enforceWorkgroupConfiguration: is not known before deployment"],
  ],
]);

import rule from "../../../src/rules/networkfirewall/network-firewall-subnet-protection.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["a mistake takes it out of a zone; set subnetChangeProtection"]],
  [
    "violates",
    "false",
    { subnetChangeProtection: false },
    ["a mistake takes it out of a zone; set subnetChangeProtection"],
  ],
  ["passes", "true", { subnetChangeProtection: true }],
  [
    "not evaluated",
    "unknown",
    { subnetChangeProtection: UNKNOWN },
    ["subnetChangeProtection: is not known before deployment"],
  ],
]);

import rule from "../../../src/rules/networkfirewall/network-firewall-deletion-protection.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["a mistake deletes it; set deleteProtection"]],
  ["violates", "false", { deleteProtection: false }, ["a mistake deletes it; set deleteProtection"]],
  ["passes", "true", { deleteProtection: true }],
  ["not evaluated", "unknown", { deleteProtection: UNKNOWN }, ["deleteProtection: is not known before deployment"]],
  [
    "passes",
    "a floor that was lowered with a reason",
    { deleteProtection: false, tags: { "palisade:lowered:deletion-protection": "a reason" } },
  ],
]);

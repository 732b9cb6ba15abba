import rule from "../../../src/rules/networkfirewall/network-firewall-default-action.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "boundary: passes",
    { firewallPolicy: { statelessDefaultActions: ["aws:pass"] } },
    ["packets that no rule names pass; set firewallPolicy.statelessDefaultActions to aws:drop or aws:forward_to_sfe"],
  ],
  ["passes", "dropped", { firewallPolicy: { statelessDefaultActions: ["aws:drop"] } }],
  ["passes", "handed on", { firewallPolicy: { statelessDefaultActions: ["aws:forward_to_sfe"] } }],
  [
    "not evaluated",
    "unknown",
    { firewallPolicy: { statelessDefaultActions: UNKNOWN } },
    ["firewallPolicy.statelessDefaultActions: is not known before deployment"],
  ],
]);

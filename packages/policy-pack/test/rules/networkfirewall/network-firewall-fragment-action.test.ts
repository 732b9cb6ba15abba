import rule from "../../../src/rules/networkfirewall/network-firewall-fragment-action.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "boundary: passes",
    { firewallPolicy: { statelessFragmentDefaultActions: ["aws:pass"] } },
    [
      "fragments that no rule names pass; set firewallPolicy.statelessFragmentDefaultActions to aws:drop or aws:forward_to_sfe",
    ],
  ],
  ["passes", "dropped", { firewallPolicy: { statelessFragmentDefaultActions: ["aws:drop"] } }],
  ["passes", "handed on", { firewallPolicy: { statelessFragmentDefaultActions: ["aws:forward_to_sfe"] } }],
  [
    "not evaluated",
    "unknown",
    { firewallPolicy: { statelessFragmentDefaultActions: UNKNOWN } },
    ["firewallPolicy.statelessFragmentDefaultActions: is not known before deployment"],
  ],
]);

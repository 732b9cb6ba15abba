import rule from "../../../src/rules/networkfirewall/network-firewall-group-not-empty.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "boundary: empty",
    { type: "STATELESS", ruleGroup: { rulesSource: { statelessRulesAndCustomActions: { statelessRules: [] } } } },
    ["it has no rules; add some or take it out"],
  ],
  [
    "passes",
    "one",
    {
      type: "STATELESS",
      ruleGroup: { rulesSource: { statelessRulesAndCustomActions: { statelessRules: [{ priority: 1 }] } } },
    },
  ],
  ["not applicable", "stateful", { type: "STATEFUL" }, ["it is a stateful group"]],
  [
    "not evaluated",
    "unknown",
    { type: "STATELESS", ruleGroup: UNKNOWN },
    ["ruleGroup: is not known before deployment"],
  ],
]);

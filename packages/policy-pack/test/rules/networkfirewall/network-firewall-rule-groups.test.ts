import rule from "../../../src/rules/networkfirewall/network-firewall-rule-groups.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "boundary: empty",
    { firewallPolicy: { statefulRuleGroupReferences: [] } },
    ["it has no rule group; add one to firewallPolicy.statefulRuleGroupReferences"],
  ],
  ["passes", "a stateful one", { firewallPolicy: { statefulRuleGroupReferences: [{ resourceArn: UNKNOWN }] } }],
  [
    "passes",
    "a stateless one",
    { firewallPolicy: { statelessRuleGroupReferences: [{ resourceArn: "a", priority: 1 }] } },
  ],
  ["not evaluated", "unknown", { firewallPolicy: UNKNOWN }, ["firewallPolicy: is not known before deployment"]],
]);

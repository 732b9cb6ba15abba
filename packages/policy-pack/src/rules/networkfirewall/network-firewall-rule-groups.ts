import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "network-firewall-rule-groups",
  description: "A network firewall's policy must have a rule group",
  severity: "medium",
  references: [fsbp("NetworkFirewall.3")],
  remediation: "Add a rule group to statefulRuleGroupReferences or statelessRuleGroupReferences",
  url: controlUrl("networkfirewall"),
  appliesTo: ["aws:networkfirewall/firewallPolicy:FirewallPolicy"],
  check: ({ props }, verdicts) => {
    const policy = props.at("firewallPolicy");
    const groups = [
      ...policy.at("statefulRuleGroupReferences").list(),
      ...policy.at("statelessRuleGroupReferences").list(),
    ];
    if (groups.length === 0)
      verdicts.violation("it has no rule group; add one to firewallPolicy.statefulRuleGroupReferences");
  },
});

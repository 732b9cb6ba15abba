import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "network-firewall-group-not-empty",
  description: "A stateless rule group must have rules",
  severity: "medium",
  references: [fsbp("NetworkFirewall.6")],
  remediation: "Add stateless rules, or take the group out",
  url: controlUrl("networkfirewall"),
  appliesTo: ["aws:networkfirewall/ruleGroup:RuleGroup"],
  check: ({ props }, verdicts) => {
    if (props.at("type").text() !== "STATELESS") return verdicts.notApplicable("it is a stateful group");
    const rules = props.get("ruleGroup.rulesSource.statelessRulesAndCustomActions.statelessRules").list();
    if (rules.length === 0 && !props.at("rules").present)
      verdicts.violation("it has no rules; add some or take it out");
  },
});

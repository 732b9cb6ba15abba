import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "network-firewall-fragment-action",
  description: "A network firewall must drop fragments that no stateless rule names, or hand them on",
  severity: "medium",
  references: [fsbp("NetworkFirewall.5")],
  remediation: "Set firewallPolicy.statelessFragmentDefaultActions to aws:drop or aws:forward_to_sfe",
  url: controlUrl("networkfirewall"),
  appliesTo: ["aws:networkfirewall/firewallPolicy:FirewallPolicy"],
  check: ({ props }, verdicts) => {
    const actions = props.get("firewallPolicy.statelessFragmentDefaultActions").texts();
    if (!actions.includes("aws:drop") && !actions.includes("aws:forward_to_sfe")) {
      verdicts.violation(
        "fragments that no rule names pass; set firewallPolicy.statelessFragmentDefaultActions to aws:drop or aws:forward_to_sfe",
      );
    }
  },
});

import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "network-firewall-default-action",
  description: "A network firewall must drop packets that no stateless rule names, or hand them on",
  severity: "medium",
  references: [fsbp("NetworkFirewall.4")],
  remediation: "Set firewallPolicy.statelessDefaultActions to aws:drop or aws:forward_to_sfe",
  url: controlUrl("networkfirewall"),
  appliesTo: ["aws:networkfirewall/firewallPolicy:FirewallPolicy"],
  check: ({ props }, verdicts) => {
    const actions = props.get("firewallPolicy.statelessDefaultActions").texts();
    if (!actions.includes("aws:drop") && !actions.includes("aws:forward_to_sfe")) {
      verdicts.violation(
        "packets that no rule names pass; set firewallPolicy.statelessDefaultActions to aws:drop or aws:forward_to_sfe",
      );
    }
  },
});

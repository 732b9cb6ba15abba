import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "network-firewall-subnet-protection",
  description: "A network firewall's subnets must be protected from change",
  severity: "medium",
  references: [fsbp("NetworkFirewall.10")],
  remediation: "Set subnetChangeProtection to true",
  url: controlUrl("networkfirewall"),
  appliesTo: ["aws:networkfirewall/firewall:Firewall"],
  check: ({ props }, verdicts) => {
    if (props.get("subnetChangeProtection").flag() !== true)
      verdicts.violation("a mistake takes it out of a zone; set subnetChangeProtection");
  },
});

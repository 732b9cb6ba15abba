import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "network-firewall-deletion-protection",
  description: "A network firewall must be protected from deletion",
  severity: "medium",
  references: [fsbp("NetworkFirewall.9")],
  remediation: "Set deleteProtection to true",
  url: controlUrl("networkfirewall"),
  appliesTo: ["aws:networkfirewall/firewall:Firewall"],
  check: ({ props }, verdicts) => {
    if (props.get("deleteProtection").flag() !== true)
      verdicts.violation("a mistake deletes it; set deleteProtection", { floor: "deletion-protection" });
  },
});

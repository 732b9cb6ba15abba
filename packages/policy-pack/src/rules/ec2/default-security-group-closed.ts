import { cis, controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "default-security-group-closed",
  description: "A network's default security group must let nothing through",
  severity: "high",
  references: [fsbp("EC2.2"), cis("EC2.2")],
  remediation: "Manage it with aws.ec2.DefaultSecurityGroup without rules",
  url: controlUrl("ec2"),
  appliesTo: ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"],
  check: ({ props }, verdicts) => {
    verdicts.each(["ingress", "egress"], (direction) => {
      if (props.at(direction).list().length > 0)
        verdicts.violation(`it has ${direction} rules; take them out`, { key: direction });
    });
  },
});

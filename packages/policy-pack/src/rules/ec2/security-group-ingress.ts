import { cis, controlUrl, fsbp, owaspApi, paper, rule } from "../../rule.ts";
import { trafficOf } from "../../security-group.ts";

export default rule({
  name: "security-group-ingress",
  description: "A security group must not let the internet in, but to a web server's ports",
  severity: "critical",
  references: [fsbp("EC2.18"), fsbp("EC2.19"), cis("EC2.53"), cis("EC2.54"), owaspApi("API8"), paper("IV.1.A")],
  remediation: "Name a security group or a narrow range of addresses as the source",
  url: controlUrl("ec2"),
  appliesTo: [
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  ],
  check: ({ resource, props }, verdicts) => {
    verdicts.each(trafficOf(resource.type, props, "ingress"), ({ openTo, from, to, protocol }) => {
      if (openTo.length === 0) return;
      const web = protocol === "tcp" && from === to && (from === 443 || from === 80);
      if (web) return;
      const ports = protocol === "-1" ? "every port" : `port ${from === to ? from : `${from} to ${to}`}`;
      verdicts.violation(`${openTo.join(" and ")} may reach ${ports}; name the source`, {
        key: `${protocol}:${from}-${to}`,
      });
    });
  },
});

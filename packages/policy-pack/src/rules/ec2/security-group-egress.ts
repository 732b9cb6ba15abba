import { owaspApi, owaspServerless, paper, rule } from "../../rule.ts";
import { trafficOf } from "../../security-group.ts";

export default rule({
  name: "security-group-egress",
  description: "A security group must not let everything out",
  severity: "high",
  references: [owaspApi("API7"), owaspServerless("SAS-3"), paper("IV.1.B")],
  remediation: "Name the destinations and ports: endpoints, prefix lists, other groups",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  appliesTo: [
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  ],
  check: ({ resource, props }, verdicts) => {
    verdicts.each(trafficOf(resource.type, props, "egress"), ({ openTo, protocol }) => {
      if (openTo.length === 0 || protocol !== "-1") return;
      verdicts.violation(`everything may leave to ${openTo.join(" and ")}; name destinations and ports`, {
        key: openTo.join(),
      });
    });
  },
});

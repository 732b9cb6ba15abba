import { controlUrl, fsbp, paper, rule } from "../../rule.ts";

export default rule({
  name: "subnet-no-public-addresses",
  description: "A subnet must not hand out public addresses",
  severity: "medium",
  references: [fsbp("EC2.15"), paper("IV.1.A")],
  remediation: "Leave mapPublicIpOnLaunch off",
  url: controlUrl("ec2"),
  appliesTo: ["aws:ec2/subnet:Subnet"],
  check: ({ props }, verdicts) => {
    if (props.get("mapPublicIpOnLaunch").flag() === true)
      verdicts.violation("whatever starts in it gets a public address; set mapPublicIpOnLaunch to false");
  },
});

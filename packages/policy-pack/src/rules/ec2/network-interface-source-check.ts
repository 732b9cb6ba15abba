import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "network-interface-source-check",
  description: "A network interface must check source and destination",
  severity: "medium",
  references: [fsbp("EC2.180")],
  remediation: "Leave sourceDestCheck on",
  url: controlUrl("ec2"),
  appliesTo: ["aws:ec2/networkInterface:NetworkInterface"],

  check: ({ props }, verdicts) => {
    if (props.at("sourceDestCheck").flag() === false)
      verdicts.violation("it takes and sends what is not addressed to it; leave sourceDestCheck on");
  },
});

import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "vpc-block-public-access",
  description: "VPC Block Public Access must block",
  severity: "medium",
  references: [fsbp("EC2.172")],
  remediation: "Set internetGatewayBlockMode to block-bidirectional or block-ingress",
  url: controlUrl("ec2"),
  appliesTo: ["aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions"],

  check: ({ props }, verdicts) => {
    const mode = props.at("internetGatewayBlockMode").text();
    if (mode !== "block-bidirectional" && mode !== "block-ingress")
      verdicts.violation(
        "gateways to the internet are open to every network; set internetGatewayBlockMode to block-bidirectional or block-ingress",
      );
  },
});

import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "network-acl-used",
  description: "A network ACL must be a subnet's",
  severity: "low",
  references: [fsbp("EC2.16")],
  remediation: "Set subnetIds, or add aws.ec2.NetworkAclAssociation",
  url: controlUrl("ec2"),
  appliesTo: ["aws:ec2/networkAcl:NetworkAcl"],
  stack: true,
  check: ({ resource, props, stack }, verdicts) => {
    const associations = stack.referring(
      "aws:ec2/networkAclAssociation:NetworkAclAssociation",
      "networkAclId",
      resource,
    );
    if (associations.length === 0 && props.at("subnetIds").list().length === 0)
      verdicts.violation("no subnet has it, and who reads it takes it for a guard; set subnetIds, or take it out");
  },
});

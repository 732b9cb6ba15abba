import { cis, controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "ebs-encryption-by-default",
  description: "New volumes must be encrypted by default",
  severity: "medium",
  references: [fsbp("EC2.7"), cis("EC2.7")],
  remediation: "Leave enabled on",
  url: controlUrl("ec2"),
  appliesTo: ["aws:ebs/encryptionByDefault:EncryptionByDefault"],
  check: ({ props }, verdicts) => {
    if (props.get("enabled").flag() === false) verdicts.violation("new volumes are not encrypted; leave enabled on");
  },
});

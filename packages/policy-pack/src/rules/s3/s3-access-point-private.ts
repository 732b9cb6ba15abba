import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "s3-access-point-private",
  description: "An access point must block public access",
  severity: "critical",
  references: [fsbp("S3.19"), owaspServerless("SAS-3")],
  remediation: "Leave the four settings of publicAccessBlockConfiguration on",
  url: controlUrl("s3"),
  appliesTo: ["aws:s3/accessPoint:AccessPoint"],
  check: ({ props }, verdicts) => {
    const block = props.get("publicAccessBlockConfiguration");
    const open = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].filter(
      (setting) => block.at(setting).flag() === false,
    );
    if (open.length > 0)
      verdicts.violation(`it does not block public access; set ${open.join(", ")} of publicAccessBlockConfiguration`);
  },
});

import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "s3-multi-region-private",
  description: "A multi-Region access point must block public access",
  severity: "critical",
  references: [fsbp("S3.24"), owaspServerless("SAS-3")],
  remediation: "Leave the four settings of details.publicAccessBlock on",
  url: controlUrl("s3"),
  appliesTo: ["aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint"],
  check: ({ props }, verdicts) => {
    const block = props.get("details.publicAccessBlock");
    const open = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].filter(
      (setting) => block.at(setting).flag() === false,
    );
    if (open.length > 0)
      verdicts.violation(`it does not block public access; set ${open.join(", ")} of details.publicAccessBlock`);
  },
});

import { isBucketOrigin } from "../../cloudfront.ts";
import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "cloudfront-bucket-access",
  description: "A bucket behind a distribution must be reached by origin access control",
  severity: "high",
  references: [fsbp("CloudFront.13"), owaspServerless("SAS-6")],
  remediation: "Add aws.cloudfront.OriginAccessControl and set originAccessControlId",
  url: controlUrl("cloudfront"),
  appliesTo: ["aws:cloudfront/distribution:Distribution"],
  check: ({ props }, verdicts) => {
    const origins = props.at("origins").list().filter(isBucketOrigin);
    if (origins.length === 0) return verdicts.notApplicable("no bucket is behind it");
    for (const origin of origins) {
      const access = origin.at("originAccessControlId");
      const id = origin.at("originId").text() ?? "";
      if (!access.present || access.value === "")
        verdicts.violation(`the bucket of the origin ${id} must be public for it; set originAccessControlId`, {
          key: id,
        });
    }
  },
});

import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "cloudfront-function-access",
  description: "A function URL behind a distribution must be reached by origin access control",
  severity: "high",
  references: [fsbp("CloudFront.16")],
  remediation: "Add aws.cloudfront.OriginAccessControl of the type lambda and set originAccessControlId",
  url: controlUrl("cloudfront"),
  appliesTo: ["aws:cloudfront/distribution:Distribution"],
  check: ({ props }, verdicts) => {
    const origins = props
      .at("origins")
      .list()
      .filter((origin) => /\.lambda-url\./.test(origin.at("domainName").text() ?? ""));
    if (origins.length === 0) return verdicts.notApplicable("no function URL is behind it");
    for (const origin of origins) {
      const access = origin.at("originAccessControlId");
      const id = origin.at("originId").text() ?? "";
      if (!access.present || access.value === "")
        verdicts.violation(`the function URL of the origin ${id} must be public for it; set originAccessControlId`, {
          key: id,
        });
    }
  },
});

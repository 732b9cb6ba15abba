import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "cloudfront-origin-https",
  description: "A distribution must talk HTTPS to its origins",
  severity: "high",
  references: [fsbp("CloudFront.9"), owaspServerless("SAS-3")],
  remediation: "Set originProtocolPolicy to https-only",
  url: controlUrl("cloudfront"),
  appliesTo: ["aws:cloudfront/distribution:Distribution"],
  check: ({ props }, verdicts) => {
    verdicts.each(props.at("origins").list(), (origin) => {
      const custom = origin.at("customOriginConfig");
      if (!custom.present || custom.at("originProtocolPolicy").text() === "https-only") return;
      const id = origin.at("originId").text() ?? "";
      verdicts.violation(`it may talk plain HTTP to the origin ${id}; set originProtocolPolicy to https-only`, {
        key: id,
      });
    });
  },
});

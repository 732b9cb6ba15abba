import { behaviorsOf } from "../../cloudfront.ts";
import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "cloudfront-viewer-https",
  description: "A distribution must answer viewers by HTTPS only",
  severity: "high",
  references: [fsbp("CloudFront.3"), owaspServerless("SAS-3")],
  remediation: "Set viewerProtocolPolicy to https-only or redirect-to-https in every behavior",
  url: controlUrl("cloudfront"),
  appliesTo: ["aws:cloudfront/distribution:Distribution"],
  check: ({ props }, verdicts) => {
    verdicts.each(behaviorsOf(props), ({ path, behavior }) => {
      if (behavior.at("viewerProtocolPolicy").text() === "allow-all") {
        verdicts.violation(
          `it answers plain HTTP at ${path}; set viewerProtocolPolicy to redirect-to-https or https-only`,
          { key: path },
        );
      }
    });
  },
});

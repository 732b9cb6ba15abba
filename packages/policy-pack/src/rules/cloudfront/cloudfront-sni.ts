import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "cloudfront-sni",
  description: "A distribution must use SNI, not addresses of its own",
  severity: "low",
  references: [fsbp("CloudFront.8")],
  remediation: "Set viewerCertificate.sslSupportMethod to sni-only",
  url: controlUrl("cloudfront"),
  appliesTo: ["aws:cloudfront/distribution:Distribution"],
  check: ({ props }, verdicts) => {
    const certificate = props.at("viewerCertificate");
    if (certificate.at("cloudfrontDefaultCertificate").flag() === true)
      return verdicts.notApplicable("it has no domain name of its own, and CloudFront's certificate");
    if (certificate.at("sslSupportMethod").text() !== "sni-only")
      verdicts.violation("it pays for addresses of its own; set viewerCertificate.sslSupportMethod to sni-only");
  },
});

import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "cloudfront-certificate",
  description: "A distribution with domain names must have a certificate for them",
  severity: "medium",
  references: [fsbp("CloudFront.7")],
  remediation: "Set viewerCertificate.acmCertificateArn",
  url: controlUrl("cloudfront"),
  appliesTo: ["aws:cloudfront/distribution:Distribution"],
  check: ({ props }, verdicts) => {
    if (props.at("aliases").list().length === 0) return verdicts.notApplicable("it has no domain name of its own");
    const certificate = props.at("viewerCertificate");
    if (!certificate.at("acmCertificateArn").present && !certificate.at("iamCertificateId").present) {
      verdicts.violation(
        "it answers for its domain names with CloudFront's certificate; set viewerCertificate.acmCertificateArn",
      );
    }
  },
});

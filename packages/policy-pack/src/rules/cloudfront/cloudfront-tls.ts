import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

/** What CloudFront.15 recommends: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html */
const VERSIONS = ["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"];

export default rule({
  name: "cloudfront-tls",
  description: "A distribution must refuse old TLS",
  severity: "medium",
  references: [fsbp("CloudFront.15"), owaspServerless("SAS-3")],
  remediation: "Set viewerCertificate.minimumProtocolVersion to TLSv1.2_2021 or a later one",
  url: controlUrl("cloudfront"),
  appliesTo: ["aws:cloudfront/distribution:Distribution"],
  check: ({ props }, verdicts) => {
    const certificate = props.at("viewerCertificate");
    if (certificate.at("cloudfrontDefaultCertificate").flag() === true)
      return verdicts.notApplicable("it has no domain name of its own, and CloudFront's certificate");
    const version = certificate.at("minimumProtocolVersion").text() ?? "TLSv1";
    if (!VERSIONS.includes(version))
      verdicts.violation(`it takes ${version}; set viewerCertificate.minimumProtocolVersion to ${VERSIONS.join(", ")}`);
  },
});

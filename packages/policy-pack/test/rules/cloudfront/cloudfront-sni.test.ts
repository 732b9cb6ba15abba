import rule from "../../../src/rules/cloudfront/cloudfront-sni.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "boundary: addresses",
    { viewerCertificate: { acmCertificateArn: "a", sslSupportMethod: "vip" } },
    ["it pays for addresses of its own; set viewerCertificate.sslSupportMethod to sni-only"],
  ],
  ["passes", "SNI", { viewerCertificate: { acmCertificateArn: "a", sslSupportMethod: "sni-only" } }],
  [
    "not applicable",
    "CloudFront's own name",
    { viewerCertificate: { cloudfrontDefaultCertificate: true } },
    ["it has no domain name of its own, and CloudFront's certificate"],
  ],
  [
    "not evaluated",
    "unknown",
    { viewerCertificate: { sslSupportMethod: UNKNOWN } },
    ["viewerCertificate.sslSupportMethod: is not known before deployment"],
  ],
]);

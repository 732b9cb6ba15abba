import rule from "../../../src/rules/cloudfront/cloudfront-tls.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "absent",
    { viewerCertificate: { acmCertificateArn: "a" } },
    ["it takes TLSv1; set viewerCertificate.minimumProtocolVersion to TLSv1.2_2021, TLSv1.2_2025, TLSv1.3_2025"],
  ],
  [
    "violates",
    "boundary: 2019",
    { viewerCertificate: { acmCertificateArn: "a", minimumProtocolVersion: "TLSv1.2_2019" } },
    ["it takes TLSv1.2_2019; set viewerCertificate.minimumProtocolVersion to TLSv1.2_2021, TLSv1.2_2025, TLSv1.3_2025"],
  ],
  [
    "passes",
    "boundary: 2021",
    { viewerCertificate: { acmCertificateArn: "a", minimumProtocolVersion: "TLSv1.2_2021" } },
  ],
  [
    "not applicable",
    "CloudFront's own name",
    { viewerCertificate: { cloudfrontDefaultCertificate: true } },
    ["it has no domain name of its own, and CloudFront's certificate"],
  ],
  [
    "not evaluated",
    "unknown",
    { viewerCertificate: { minimumProtocolVersion: UNKNOWN } },
    ["viewerCertificate.minimumProtocolVersion: is not known before deployment"],
  ],
]);

import rule from "../../../src/rules/cloudfront/cloudfront-certificate.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "the default one",
    { aliases: ["shop.example.com"], viewerCertificate: { cloudfrontDefaultCertificate: true } },
    ["it answers for its domain names with CloudFront's certificate; set viewerCertificate.acmCertificateArn"],
  ],
  [
    "violates",
    "boundary: none named",
    { aliases: ["shop.example.com"], viewerCertificate: {} },
    ["it answers for its domain names with CloudFront's certificate; set viewerCertificate.acmCertificateArn"],
  ],
  ["passes", "its own", { aliases: ["shop.example.com"], viewerCertificate: { acmCertificateArn: UNKNOWN } }],
  [
    "not applicable",
    "no names",
    { viewerCertificate: { cloudfrontDefaultCertificate: true } },
    ["it has no domain name of its own"],
  ],
  [
    "not evaluated",
    "unknown",
    { aliases: ["shop.example.com"], viewerCertificate: UNKNOWN },
    ["viewerCertificate: is not known before deployment"],
  ],
]);

import rule from "../../../src/rules/cloudfront/cloudfront-bucket-access.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "absent",
    { origins: [{ originId: "page", domainName: "a.s3.eu-central-1.amazonaws.com" }] },
    ["the bucket of the origin page must be public for it; set originAccessControlId"],
  ],
  [
    "violates",
    "boundary: empty",
    { origins: [{ originId: "page", domainName: "a.s3.amazonaws.com", originAccessControlId: "" }] },
    ["the bucket of the origin page must be public for it; set originAccessControlId"],
  ],
  [
    "passes",
    "set",
    { origins: [{ originId: "page", domainName: "a.s3.amazonaws.com", originAccessControlId: UNKNOWN }] },
  ],
  [
    "not applicable",
    "an API alone",
    { origins: [{ domainName: "api.example.com", customOriginConfig: {} }] },
    ["no bucket is behind it"],
  ],
  [
    "not evaluated",
    "unknown",
    { origins: [{ domainName: UNKNOWN }] },
    ["origins[0].domainName: is not known before deployment"],
  ],
]);

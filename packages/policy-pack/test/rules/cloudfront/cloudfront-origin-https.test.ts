import rule from "../../../src/rules/cloudfront/cloudfront-origin-https.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "HTTP",
    { origins: [{ originId: "api", customOriginConfig: { originProtocolPolicy: "http-only" } }] },
    ["it may talk plain HTTP to the origin api; set originProtocolPolicy to https-only"],
  ],
  [
    "violates",
    "boundary: as the viewer",
    { origins: [{ originId: "api", customOriginConfig: { originProtocolPolicy: "match-viewer" } }] },
    ["it may talk plain HTTP to the origin api; set originProtocolPolicy to https-only"],
  ],
  [
    "passes",
    "HTTPS, and a bucket",
    {
      origins: [
        { originId: "api", customOriginConfig: { originProtocolPolicy: "https-only" } },
        { originId: "page", domainName: UNKNOWN },
      ],
    },
  ],
  ["passes", "HTTPS", { origins: [{ originId: "api", customOriginConfig: { originProtocolPolicy: "https-only" } }] }],
  [
    "not evaluated",
    "unknown",
    { origins: [{ originId: "api", customOriginConfig: { originProtocolPolicy: UNKNOWN } }] },
    ["origins[0].customOriginConfig.originProtocolPolicy: is not known before deployment"],
  ],
]);

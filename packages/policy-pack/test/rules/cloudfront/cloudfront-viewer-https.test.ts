import rule from "../../../src/rules/cloudfront/cloudfront-viewer-https.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "both behaviors",
    {
      defaultCacheBehavior: { viewerProtocolPolicy: "allow-all" },
      orderedCacheBehaviors: [{ pathPattern: "/api/*", viewerProtocolPolicy: "allow-all" }],
    },
    [
      "it answers plain HTTP at *; set viewerProtocolPolicy to redirect-to-https or https-only",
      "it answers plain HTTP at /api/*; set viewerProtocolPolicy to redirect-to-https or https-only",
    ],
  ],
  [
    "violates",
    "boundary: one of two",
    {
      defaultCacheBehavior: { viewerProtocolPolicy: "redirect-to-https" },
      orderedCacheBehaviors: [{ pathPattern: "/api/*", viewerProtocolPolicy: "allow-all" }],
    },
    ["it answers plain HTTP at /api/*; set viewerProtocolPolicy to redirect-to-https or https-only"],
  ],
  [
    "passes",
    "none of two",
    {
      defaultCacheBehavior: { viewerProtocolPolicy: "redirect-to-https" },
      orderedCacheBehaviors: [{ pathPattern: "/api/*", viewerProtocolPolicy: "https-only" }],
    },
  ],
  [
    "not evaluated",
    "unknown",
    { defaultCacheBehavior: { viewerProtocolPolicy: UNKNOWN } },
    ["defaultCacheBehavior.viewerProtocolPolicy: is not known before deployment"],
  ],
]);

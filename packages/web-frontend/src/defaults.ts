import { PriceClass } from "./args.ts";

/** What an option is where it is not given. The reason of each stands beside its option in args.ts. */
export const DEFAULTS = {
  rootFile: "index.html",
  strictTransportDays: 730,
  priceClass: PriceClass.NorthAmericaAndEurope,
  logRetentionDays: 365,
} as const;

/** What no option changes. */
export const FIXED = {
  /** CloudFront and its logs are configured there, wherever the stack is. */
  region: "us-east-1",
  /** Security Hub CloudFront.15. The later policies refuse clients that TLS 1.2 alone would not. */
  minimumProtocolVersion: "TLSv1.2_2021",
  /** AWS's own policies, by their ids (CloudFront Developer Guide, "Use managed cache policies" and "managed origin request policies"). */
  policies: {
    cachingOptimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
    cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    allViewerExceptHost: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
  },
  /** Days that an older version of a file is kept: a page that was broken can be put back. */
  oldVersionDays: 30,
  /** A browser asks each time whether a file has changed: the next deployment counts at once. */
  cacheControl: "no-cache",
} as const;

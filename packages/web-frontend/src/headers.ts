import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ContentSourcesArgs } from "./args.ts";

/** What a page is not given, though a browser has it. */
const PERMISSIONS = [
  "accelerometer",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "microphone",
  "payment",
  "usb",
];

/**
 * The page's Content-Security-Policy: its own files and nothing else, no script or style in the document, no plugin, no frame around it, no other
 * base; and no text of ours becomes markup or code (https://www.w3.org/TR/CSP3/, https://www.w3.org/TR/trusted-types/).
 */
export function contentSecurityPolicy({ connect = [], images = [], fonts = [] }: ContentSourcesArgs = {}): string {
  const directives: [string, string[]][] = [
    ["default-src", ["'none'"]],
    ["script-src", ["'self'"]],
    ["style-src", ["'self'"]],
    ["img-src", ["'self'", ...images]],
    ["font-src", fonts.length === 0 ? ["'none'"] : ["'self'", ...fonts]],
    ["connect-src", ["'self'", ...connect]],
    ["manifest-src", ["'self'"]],
    ["base-uri", ["'none'"]],
    ["form-action", ["'none'"]],
    ["frame-ancestors", ["'none'"]],
    ["require-trusted-types-for", ["'script'"]],
    ["trusted-types", ["'none'"]],
  ];
  return directives.map(([name, values]) => `${name} ${values.join(" ")}`).join("; ");
}

/** The headers of both, in either case in the place of the origin's. */
function transport(days: number) {
  return {
    strictTransportSecurity: {
      accessControlMaxAgeSec: days * 86_400,
      includeSubdomains: true,
      preload: false,
      override: true,
    },
    contentTypeOptions: { override: true },
    frameOptions: { frameOption: "DENY", override: true },
  };
}

const custom = (headers: Record<string, string>) => ({
  items: Object.entries(headers).map(([header, value]) => ({ header, value, override: true })),
});

/** The headers of the page's files. */
export function createPageHeaders(
  name: string,
  sources: ContentSourcesArgs | undefined,
  days: number,
  opts: pulumi.CustomResourceOptions,
): aws.cloudfront.ResponseHeadersPolicy {
  return new aws.cloudfront.ResponseHeadersPolicy(
    childName(name, "page-headers"),
    {
      comment: `The headers of the page ${name}`,
      securityHeadersConfig: {
        ...transport(days),
        contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(sources), override: true },
        referrerPolicy: { referrerPolicy: "same-origin", override: true },
      },
      customHeadersConfig: custom({
        // No window of another origin holds a handle of this one, and no other page embeds a file of it.
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": PERMISSIONS.map((feature) => `${feature}=()`).join(", "),
      }),
      // What S3 says of itself is nobody's business.
      removeHeadersConfig: {
        items: ["x-amz-server-side-encryption", "x-amz-version-id"].map((header) => ({ header })),
      },
    },
    opts,
  );
}

/** The headers of the API's answers, which say themselves what may be done with them. */
export function createApiHeaders(
  name: string,
  days: number,
  opts: pulumi.CustomResourceOptions,
): aws.cloudfront.ResponseHeadersPolicy {
  return new aws.cloudfront.ResponseHeadersPolicy(
    childName(name, "api-headers"),
    {
      comment: `The headers of the API beside the page ${name}`,
      securityHeadersConfig: transport(days),
      customHeadersConfig: custom({ "Cross-Origin-Resource-Policy": "same-origin" }),
    },
    opts,
  );
}

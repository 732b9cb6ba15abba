import { childName, validatedInput } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ApiOriginArgs } from "./args.ts";
import { FIXED } from "./defaults.ts";
import { createApiHeaders, createPageHeaders } from "./headers.ts";
import type { WebFrontendSettings } from "./validate.ts";

const PAGE = "page";
const API = "api";
const READ = ["GET", "HEAD"];
const EVERY = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"];

/** The distribution: the page's files, and below some paths the API, on one host. */
export function createDistribution(
  name: string,
  settings: WebFrontendSettings,
  bucket: aws.s3.Bucket,
  webAclArn: pulumi.Input<string> | undefined,
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
): aws.cloudfront.Distribution {
  const { api, domain, strictTransportDays } = settings;
  const access = new aws.cloudfront.OriginAccessControl(
    childName(name, "origin-access"),
    {
      description: `The distribution of the page ${name} reads its bucket`,
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    },
    opts,
  );
  const pageHeaders = createPageHeaders(name, settings.contentSources, strictTransportDays, opts);
  const apiHeaders = api && createApiHeaders(name, strictTransportDays, opts);
  return new aws.cloudfront.Distribution(
    childName(name, "distribution"),
    {
      comment: `The page ${name}`,
      enabled: true,
      isIpv6Enabled: true,
      httpVersion: "http2and3",
      priceClass: settings.priceClass,
      aliases: domain === undefined ? [] : [domain.name],
      defaultRootObject: settings.rootFile, // Security Hub CloudFront.1
      webAclId: webAclArn, // CloudFront.6
      viewerCertificate:
        domain === undefined
          ? { cloudfrontDefaultCertificate: true }
          : {
              acmCertificateArn: domain.certificateArn, // CloudFront.7
              sslSupportMethod: "sni-only", // CloudFront.8
              minimumProtocolVersion: FIXED.minimumProtocolVersion, // CloudFront.15
            },
      origins: [
        {
          originId: PAGE,
          domainName: bucket.bucketRegionalDomainName,
          originAccessControlId: access.id, // CloudFront.13
        },
        ...(api === undefined ? [] : [apiOrigin(name, api)]),
      ],
      defaultCacheBehavior: {
        targetOriginId: PAGE,
        viewerProtocolPolicy: "redirect-to-https", // CloudFront.3
        allowedMethods: READ,
        cachedMethods: READ,
        compress: true,
        cachePolicyId: FIXED.policies.cachingOptimized,
        responseHeadersPolicyId: pageHeaders.id,
      },
      orderedCacheBehaviors: (api?.paths ?? []).map((pathPattern) => ({
        pathPattern,
        targetOriginId: API,
        // A redirect would answer a request whose credentials have crossed the wire already.
        viewerProtocolPolicy: "https-only",
        allowedMethods: EVERY,
        cachedMethods: READ,
        compress: true,
        // An answer belongs to one caller.
        cachePolicyId: FIXED.policies.cachingDisabled,
        originRequestPolicyId: FIXED.policies.allViewerExceptHost,
        responseHeadersPolicyId: apiHeaders?.id,
      })),
      restrictions: { geoRestriction: { restrictionType: "none" } },
      tags,
    },
    opts,
  );
}

function apiOrigin(name: string, { url, originHeader }: ApiOriginArgs): aws.types.input.cloudfront.DistributionOrigin {
  const checked = pulumi.output(
    validatedInput<string>(url, (text) => {
      if (typeof text === "string" && /^https:\/\/[^/?#\s]+(?:\/[^?#\s]*)?$/.test(text)) return;
      throw new Error(
        `WebFrontend "${name}": api.url is ${JSON.stringify(text)}; allowed: an https:// URL without a query; to fix it, ` +
          "give the API's invoke URL with its stage",
      );
    }),
  );
  const parts = checked.apply((text) => new URL(text));
  return {
    originId: API,
    domainName: parts.apply(({ host }) => host),
    originPath: parts.apply(({ pathname }) => pathname.replace(/\/$/, "")),
    customHeaders: originHeader && [originHeader],
    customOriginConfig: {
      httpPort: 80,
      httpsPort: 443,
      originProtocolPolicy: "https-only", // CloudFront.9
      originSslProtocols: ["TLSv1.2"], // CloudFront.10
      // API Gateway's own limit is 29 seconds.
      originReadTimeout: 30,
    },
  };
}

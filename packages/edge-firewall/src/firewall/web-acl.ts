import { childName, physicalName, stackPrefix } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { FirewallScope } from "./args.ts";
import { FIXED } from "./defaults.ts";
import type { FirewallSettings } from "./settings.ts";

type Tags = Record<string, pulumi.Input<string>>;

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html (`Name`), narrower than `MetricName` of its visibility. */
const WEB_ACL_NAME = { maximumLength: 128, refused: /[^A-Za-z0-9_-]/g, lowerCase: false };

/** The region that every resource of a firewall of CloudFront is in; the provider's own otherwise. */
export function regionOf(scope: FirewallScope): string | undefined {
  return scope === FirewallScope.CloudFront ? "us-east-1" : undefined;
}

/**
 * The web ACL's name, and its name in CloudWatch: one for both, because AWS's page on metrics calls the dimension `WebACL` the metric's
 * name while AWS's own alarms give the web ACL's.
 */
export function webAclNameOf(name: string): string {
  return physicalName(`${stackPrefix()}-${name}`, WEB_ACL_NAME);
}

/** The IP sets and regex pattern sets, and the web ACL that names them. */
export function createWebAcl(
  name: string,
  settings: FirewallSettings,
  tags: Tags,
  opts: { parent: pulumi.Resource },
): aws.wafv2.WebAcl {
  const arns = createSets(name, settings, tags, opts);
  const { scope } = settings;
  const inspected = { defaultSizeInspectionLimit: `KB_${settings.bodyInspectionKilobytes}` };
  return new aws.wafv2.WebAcl(
    childName(name, "web-acl"),
    {
      name: webAclNameOf(name),
      scope,
      region: regionOf(scope),
      defaultAction: { allow: {} },
      rules: settings.rules((key) => arns.get(key) ?? ""),
      customResponseBodies: Object.entries(settings.answers).map(([key, content]) => ({
        key,
        content,
        contentType: "APPLICATION_JSON",
      })),
      associationConfig: {
        requestBodies: [scope === FirewallScope.CloudFront ? { cloudfront: inspected } : { apiGateway: inspected }],
      },
      // Redaction of the log alone would leave credentials in the samples that the console shows.
      dataProtectionConfig: { dataProtections: dataProtections(settings) },
      visibilityConfig: {
        cloudwatchMetricsEnabled: FIXED.metrics,
        metricName: webAclNameOf(name),
        sampledRequestsEnabled: true,
      },
      tags,
    },
    opts,
  );
}

function dataProtections({ redactedHeaders, redactQueryString }: FirewallSettings) {
  const headers = { action: "SUBSTITUTION", field: { fieldType: "SINGLE_HEADER", fieldKeys: redactedHeaders } };
  return redactQueryString ? [headers, { action: "SUBSTITUTION", field: { fieldType: "QUERY_STRING" } }] : [headers];
}

function createSets(
  name: string,
  { scope, addressSets, patternSets }: FirewallSettings,
  tags: Tags,
  opts: { parent: pulumi.Resource },
): Map<string, pulumi.Output<string>> {
  const region = regionOf(scope);
  const arns = new Map<string, pulumi.Output<string>>();
  for (const { key, version, addresses } of addressSets) {
    const args = { scope, region, ipAddressVersion: version, addresses, tags };
    arns.set(key, new aws.wafv2.IpSet(childName(name, key), args, opts).arn);
  }
  for (const { key, regularExpressions } of patternSets) {
    const args = {
      scope,
      region,
      regularExpressions: regularExpressions.map((regexString) => ({ regexString })),
      tags,
    };
    arns.set(key, new aws.wafv2.RegexPatternSet(childName(name, key), args, opts).arn);
  }
  return arns;
}

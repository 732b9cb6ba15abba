import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type EdgeFirewallArgs, FirewallScope } from "./args.ts";
import type { FirewallSettings } from "./settings.ts";
import { regionOf, webAclNameOf } from "./web-acl.ts";

/**
 * The alarm on blocked requests of all rules.
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html (no dimension `Region` for CloudFront)
 */
export function createAlarm(
  name: string,
  args: EdgeFirewallArgs,
  settings: FirewallSettings,
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
): void {
  if (args.alarmTopicArn === undefined) return;
  const dimensions: Record<string, pulumi.Input<string>> = { WebACL: webAclNameOf(name), Rule: "ALL" };
  if (settings.scope === FirewallScope.Regional) dimensions.Region = aws.getRegionOutput({}, opts).region;
  new aws.cloudwatch.MetricAlarm(
    childName(name, "blocked-alarm"),
    {
      region: regionOf(settings.scope),
      alarmDescription: `The firewall ${name} blocked ${settings.blockedRequestsThreshold} requests or more within five minutes.`,
      namespace: "AWS/WAFV2",
      metricName: "BlockedRequests",
      dimensions,
      statistic: "Sum",
      period: 300,
      evaluationPeriods: 1,
      threshold: settings.blockedRequestsThreshold,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      // No request, no metric: silence is no attack.
      treatMissingData: "notBreaching",
      alarmActions: [args.alarmTopicArn],
      okActions: [args.alarmTopicArn],
      tags,
    },
    opts,
  );
}

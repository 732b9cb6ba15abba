import { childName, type ExistingLogGroup, NAME_RULES, physicalName, stackPrefix } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type EdgeFirewallArgs, LoggedRequests } from "./args.ts";
import type { FirewallSettings } from "./settings.ts";
import { regionOf } from "./web-acl.ts";

/** What is kept besides blocked requests: whatever else a rule did but allow. */
const KEPT_ACTIONS = ["BLOCK", "COUNT", "CHALLENGE", "CAPTCHA", "EXCLUDED_AS_COUNT"];

/**
 * The log group and the web ACL's logging. AWS WAF writes only to a log group whose name begins with `aws-waf-logs-`.
 * https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
 */
export function createLogging(
  name: string,
  args: EdgeFirewallArgs,
  settings: FirewallSettings,
  webAcl: aws.wafv2.WebAcl,
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
): ExistingLogGroup {
  const region = regionOf(settings.scope);
  const group = settings.existingLogGroup ?? createLogGroup(name, args, settings, tags, opts);
  new aws.wafv2.WebAclLoggingConfiguration(
    childName(name, "logging"),
    {
      resourceArn: webAcl.arn,
      region,
      logDestinationConfigs: [group.logGroupArn],
      redactedFields: [
        ...settings.redactedHeaders.map((header) => ({ singleHeader: { name: header } })),
        ...(settings.redactQueryString ? [{ queryString: {} }] : []),
      ],
      loggingFilter: settings.loggedRequests === LoggedRequests.All ? undefined : matchedOnly(),
    },
    opts,
  );
  return group;
}

function createLogGroup(
  name: string,
  args: EdgeFirewallArgs,
  settings: FirewallSettings,
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
): ExistingLogGroup {
  const group = new aws.cloudwatch.LogGroup(
    childName(name, "log-group"),
    {
      name: physicalName(`aws-waf-logs-${stackPrefix()}-${name}`, NAME_RULES.logGroup),
      region: regionOf(settings.scope),
      retentionInDays: settings.logRetentionDays,
      kmsKeyId: args.kmsKeyArn,
      tags,
    },
    opts,
  );
  return { logGroupArn: group.arn, logGroupName: group.name };
}

function matchedOnly() {
  return {
    defaultBehavior: "DROP",
    filters: [
      {
        behavior: "KEEP",
        requirement: "MEETS_ANY",
        conditions: KEPT_ACTIONS.map((action) => ({ actionCondition: { action } })),
      },
    ],
  };
}

import { childName, NAME_RULES, type NameRule, physicalName, stackPrefix } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { FIXED } from "./defaults.ts";
import type { WebFrontendSettings } from "./validate.ts";

/**
 * CloudFront's standard log, in its second form, which needs no bucket with access lists: who asked for what, without cookies and without the
 * query, where a sign-in's code stands
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html). Security Hub CloudFront.5.
 */
export function createLogs(
  name: string,
  { logRetentionDays }: WebFrontendSettings,
  distribution: aws.cloudfront.Distribution,
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
): aws.cloudwatch.LogGroup {
  const { region } = FIXED;
  const group = new aws.cloudwatch.LogGroup(
    childName(name, "log-group"),
    {
      // Services that deliver logs share one policy of limited size for other names (CloudWatch Logs User Guide, "Logs sent to CloudWatch Logs").
      name: physicalName(`/aws/vendedlogs/cloudfront/${stackPrefix()}-${name}`, NAME_RULES.logGroup),
      region,
      retentionInDays: logRetentionDays,
      tags,
    },
    opts,
  );
  const source = new aws.cloudwatch.LogDeliverySource(
    childName(name, "log-source"),
    {
      name: physicalName(`${stackPrefix()}-${name}`, DELIVERY),
      region,
      logType: "ACCESS_LOGS",
      resourceArn: distribution.arn,
      tags,
    },
    opts,
  );
  const destination = new aws.cloudwatch.LogDeliveryDestination(
    childName(name, "log-destination"),
    {
      name: physicalName(`${stackPrefix()}-${name}`, DELIVERY),
      region,
      outputFormat: "json",
      deliveryDestinationConfiguration: { destinationResourceArn: group.arn },
      tags,
    },
    opts,
  );
  new aws.cloudwatch.LogDelivery(
    childName(name, "log-delivery"),
    {
      region,
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      recordFields: RECORD_FIELDS,
      tags,
    },
    opts,
  );
  return group;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliverySource.html */
const DELIVERY: NameRule = { maximumLength: 60, refused: /[^\w-]/g, lowerCase: false };

/** `cs(Cookie)` and `cs-uri-query` are left out. */
const RECORD_FIELDS = [
  "timestamp(ms)",
  "x-edge-location",
  "sc-bytes",
  "c-ip",
  "cs-method",
  "cs(Host)",
  "cs-uri-stem",
  "sc-status",
  "cs(User-Agent)",
  "x-edge-result-type",
  "x-edge-request-id",
  "x-host-header",
  "cs-protocol",
  "cs-bytes",
  "time-taken",
  "ssl-protocol",
  "ssl-cipher",
  "cs-protocol-version",
  "x-edge-detailed-result-type",
  "c-country",
];

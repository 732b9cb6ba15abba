import { childName, NAME_RULES, physicalName, stackPrefix } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ThreatDetectionArgs } from "./args.ts";
import type { DetectionSettings } from "./settings.ts";

/**
 * A log of every finding, muted and minor ones too. EventBridge writes only to a log group whose name begins with `/aws/events/`.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-cloudwatchlogs-permissions
 */
export function createFindingLog(
  name: string,
  args: ThreatDetectionArgs,
  settings: DetectionSettings,
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
): aws.cloudwatch.LogGroup {
  const group = new aws.cloudwatch.LogGroup(
    childName(name, "findings-log"),
    {
      name: physicalName(`/aws/events/${stackPrefix()}-${name}-findings`, NAME_RULES.logGroup),
      retentionInDays: settings.logRetentionDays,
      kmsKeyId: args.kmsKeyArn,
      tags,
    },
    opts,
  );
  const rule = new aws.cloudwatch.EventRule(
    childName(name, "log-rule"),
    {
      description: "Every finding, into the log",
      eventPattern: JSON.stringify({ source: ["aws.guardduty"], "detail-type": ["GuardDuty Finding"] }),
      tags,
    },
    opts,
  );
  const policy = new aws.cloudwatch.LogResourcePolicy(
    childName(name, "log-policy"),
    {
      policyName: physicalName(`${stackPrefix()}-${name}-findings`, NAME_RULES.logGroup),
      policyDocument: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] },
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: pulumi.interpolate`${group.arn}:*`,
            Condition: { ArnEquals: { "aws:SourceArn": rule.arn } },
          },
        ],
      }),
    },
    opts,
  );
  new aws.cloudwatch.EventTarget(
    childName(name, "log-target"),
    { rule: rule.name, arn: group.arn },
    { ...opts, dependsOn: [policy] },
  );
  return group;
}

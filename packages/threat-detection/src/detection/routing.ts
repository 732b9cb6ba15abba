import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { FIXED } from "./defaults.ts";
import type { DetectionSettings } from "./settings.ts";

type Tags = Record<string, pulumi.Input<string>>;

/** The rule that sends findings to the channel's queue. */
export function createRule(
  name: string,
  { channel, minimumSeverity, mutedTypes }: DetectionSettings,
  tags: Tags,
  opts: { parent: pulumi.Resource },
): aws.cloudwatch.EventRule {
  const rule = new aws.cloudwatch.EventRule(
    childName(name, "rule"),
    {
      description: "Findings that a person is told of",
      eventPattern: JSON.stringify({
        source: ["aws.guardduty"],
        "detail-type": ["GuardDuty Finding"],
        detail: {
          severity: [{ numeric: [">=", minimumSeverity] }],
          ...(mutedTypes.length > 0 && { type: [{ "anything-but": mutedTypes }] }),
        },
      }),
      tags,
    },
    opts,
  );
  new aws.cloudwatch.EventTarget(
    childName(name, "target"),
    {
      rule: rule.name,
      arn: channel.queueArn,
      deadLetterConfig: { arn: channel.deadLetterQueueArn },
      retryPolicy: { maximumEventAgeInSeconds: FIXED.EVENT_AGE_SECONDS, maximumRetryAttempts: FIXED.EVENT_RETRIES },
    },
    opts,
  );
  return rule;
}

/** The queue's findings to the notifier, some at a time; a finding that it fails on is given to it again, alone. */
export function createDelivery(
  name: string,
  { channel, notifier }: DetectionSettings,
  tags: Tags,
  opts: { parent: pulumi.Resource },
): void {
  new aws.lambda.EventSourceMapping(
    childName(name, "delivery"),
    {
      eventSourceArn: channel.queueArn,
      functionName: notifier.functionArn,
      batchSize: FIXED.BATCH_SIZE,
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: FIXED.MAXIMUM_CONCURRENCY },
      tags,
    },
    opts,
  );
}

/** Every hour, the notifier sends what it held back. */
export function createDigest(
  name: string,
  { channel, notifier }: DetectionSettings,
  tags: Tags,
  opts: { parent: pulumi.Resource },
): void {
  const rule = new aws.cloudwatch.EventRule(
    childName(name, "digest"),
    { description: "Sends the digest of findings that were held back", scheduleExpression: "cron(5 * * * ? *)", tags },
    opts,
  );
  new aws.lambda.Permission(
    childName(name, "digest-permission"),
    {
      action: "lambda:InvokeFunction",
      function: notifier.functionName,
      qualifier: notifier.qualifier,
      principal: "events.amazonaws.com",
      sourceArn: rule.arn,
      sourceAccount: aws.getCallerIdentityOutput({}, opts).accountId,
    },
    opts,
  );
  new aws.cloudwatch.EventTarget(
    childName(name, "digest-target"),
    {
      rule: rule.name,
      arn: notifier.functionArn,
      input: JSON.stringify({ digest: true }),
      deadLetterConfig: { arn: channel.deadLetterQueueArn },
      retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 3 },
    },
    opts,
  );
}

import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { FIXED } from "./defaults.ts";
import type { DetectionSettings } from "./settings.ts";

const FIVE_MINUTES = 300;

/** Who watches the watchers: an alarm for each place at which a finding can stop on its way to a person. */
export function createAlarms(
  name: string,
  settings: DetectionSettings,
  rule: aws.cloudwatch.EventRule,
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
): void {
  const { channel, notifier, alarmTopicArn } = settings;
  const alarms: Record<string, Partial<aws.cloudwatch.MetricAlarmArgs>> = {
    "dead-letters-alarm": {
      alarmDescription: "A finding could not be delivered and waits in the dead-letter queue",
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: channel.deadLetterQueueName },
      statistic: "Maximum",
      threshold: 0,
    },
    "waiting-alarm": {
      alarmDescription: "A finding has waited for more than 15 minutes to be sent",
      namespace: "AWS/SQS",
      metricName: "ApproximateAgeOfOldestMessage",
      dimensions: { QueueName: channel.queueName },
      statistic: "Maximum",
      threshold: FIXED.OLDEST_FINDING_SECONDS,
    },
    "notifier-alarm": {
      alarmDescription: "The function that sends findings fails",
      namespace: "AWS/Lambda",
      metricName: "Errors",
      dimensions: { FunctionName: notifier.functionName },
      statistic: "Sum",
      threshold: 0,
    },
    "rule-alarm": {
      alarmDescription: "EventBridge could not put a finding into the queue",
      namespace: "AWS/Events",
      metricName: "FailedInvocations",
      dimensions: { RuleName: rule.name },
      statistic: "Sum",
      threshold: 0,
    },
  };
  for (const [role, alarm] of Object.entries(alarms)) {
    new aws.cloudwatch.MetricAlarm(
      childName(name, role),
      {
        ...alarm,
        comparisonOperator: "GreaterThanThreshold",
        period: FIVE_MINUTES,
        evaluationPeriods: 1,
        // A metric without data is a queue or a function that nothing reached.
        treatMissingData: "notBreaching",
        alarmActions: [alarmTopicArn],
        okActions: [alarmTopicArn],
        tags,
      },
      opts,
    );
  }
}

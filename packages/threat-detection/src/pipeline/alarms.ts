import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

const FIVE_MINUTES = 300;
/** A finding that waits for longer has not been dealt with in time. */
const OLDEST_FINDING_SECONDS = 900;

/** The way of a finding from a rule over a queue to a function. */
export interface WatchedPipeline {
  ruleName: pulumi.Input<string>;
  queueName: pulumi.Input<string>;
  deadLetterQueueName: pulumi.Input<string>;
  functionName: pulumi.Input<string>;
  /** What is told when it fails. */
  alarmTopicArn: pulumi.Input<string>;
  /** What each alarm says, by its role. */
  descriptions: { deadLetters: string; waiting: string; function: string; rule: string };
  /** The role of the alarm on the function's errors: `notifier`. */
  functionRole: string;
}

/** Who watches the watchers: an alarm for each place at which a finding can stop. */
export function watchPipeline(
  name: string,
  { descriptions, functionRole, ...pipeline }: WatchedPipeline,
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
): void {
  const { alarmTopicArn } = pipeline;
  createAlarm(name, "dead-letters-alarm", alarmTopicArn, tags, opts, {
    alarmDescription: descriptions.deadLetters,
    namespace: "AWS/SQS",
    metricName: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: pipeline.deadLetterQueueName },
    statistic: "Maximum",
    threshold: 0,
  });
  createAlarm(name, "waiting-alarm", alarmTopicArn, tags, opts, {
    alarmDescription: descriptions.waiting,
    namespace: "AWS/SQS",
    metricName: "ApproximateAgeOfOldestMessage",
    dimensions: { QueueName: pipeline.queueName },
    statistic: "Maximum",
    threshold: OLDEST_FINDING_SECONDS,
  });
  createAlarm(name, `${functionRole}-alarm`, alarmTopicArn, tags, opts, {
    alarmDescription: descriptions.function,
    namespace: "AWS/Lambda",
    metricName: "Errors",
    dimensions: { FunctionName: pipeline.functionName },
    statistic: "Sum",
    threshold: 0,
  });
  createAlarm(name, "rule-alarm", alarmTopicArn, tags, opts, {
    alarmDescription: descriptions.rule,
    namespace: "AWS/Events",
    metricName: "FailedInvocations",
    dimensions: { RuleName: pipeline.ruleName },
    statistic: "Sum",
    threshold: 0,
  });
}

/** One alarm of five minutes, which tells when it is over, too. */
export function createAlarm(
  name: string,
  role: string,
  alarmTopicArn: pulumi.Input<string>,
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
  alarm: Omit<aws.cloudwatch.MetricAlarmArgs, "comparisonOperator" | "evaluationPeriods">,
): void {
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

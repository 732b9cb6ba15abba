import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { PipelineContext } from "./context.ts";

/**
 * Tells of a run that failed, a batch that its own rules stopped included.
 * https://docs.aws.amazon.com/glue/latest/dg/monitor-observability.html
 */
export function jobAlarm(
  context: PipelineContext,
  part: string,
  job: aws.glue.Job,
  alarmTopicArn: pulumi.Input<string>,
): void {
  createAlarm(context, `${part}-failed`, alarmTopicArn, {
    alarmDescription: "A run of the analytics job failed: its records wait where they are",
    namespace: "Glue",
    metricName: "glue.error.ALL",
    dimensions: { JobName: job.name, JobRunId: "ALL", Type: "count", ObservabilityGroup: "error" },
    statistic: "Sum",
    threshold: 0,
  });
}

/** One alarm of five minutes. No data is no alarm: nothing runs most of the time. */
export function createAlarm(
  { name, tags, child }: PipelineContext,
  part: string,
  alarmTopicArn: pulumi.Input<string>,
  alarm: Omit<aws.cloudwatch.MetricAlarmArgs, "comparisonOperator" | "evaluationPeriods">,
): void {
  new aws.cloudwatch.MetricAlarm(
    childName(name, part),
    {
      period: 300,
      ...alarm,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      treatMissingData: "notBreaching",
      alarmActions: [alarmTopicArn],
      tags,
    },
    child,
  );
}

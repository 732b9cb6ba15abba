import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { PipelineContext } from "./context.ts";

/**
 * Tells of a run that failed, a batch that its own rules stopped included.
 * https://docs.aws.amazon.com/glue/latest/dg/monitor-observability.html
 */
export function jobAlarm(
  { name, tags, child }: PipelineContext,
  part: string,
  job: aws.glue.Job,
  alarmTopicArn: pulumi.Input<string>,
): void {
  new aws.cloudwatch.MetricAlarm(
    childName(name, `${part}-failed`),
    {
      alarmDescription: "A run of the analytics job failed: its records wait where they are",
      namespace: "Glue",
      metricName: "glue.error.ALL",
      dimensions: { JobName: job.name, JobRunId: "ALL", Type: "count", ObservabilityGroup: "error" },
      statistic: "Sum",
      period: 300,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      treatMissingData: "notBreaching",
      alarmActions: [alarmTopicArn],
      tags,
    },
    child,
  );
}

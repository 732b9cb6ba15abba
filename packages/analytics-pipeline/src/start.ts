import { arnIn, childName, trustDocument } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type PipelineContext, roleWith } from "./context.ts";
import type { CleaningJob } from "./job.ts";
import type { WiredSource } from "./sources/delivery.ts";

/**
 * What starts the job. New files do, in batches: S3 tells EventBridge, a rule picks the sources' folders and notifies a workflow of Glue, whose trigger counts. Glue
 * promises no delivery of an event: the schedule catches up on what one missed.
 * https://docs.aws.amazon.com/glue/latest/dg/starting-workflow-eventbridge.html
 */
export function createStarts(context: PipelineContext, { job }: CleaningJob, sources: WiredSource[]): void {
  const { name, settings, prefix, tags, child } = context;
  if (settings.startOnEvents) onEvents(context, job, sources);
  if (settings.schedule === undefined) return;
  new aws.glue.Trigger(
    childName(name, "schedule"),
    {
      name: `${prefix}-schedule`,
      type: "SCHEDULED",
      schedule: settings.schedule,
      actions: [{ jobName: job.name }],
      startOnCreation: true,
      tags,
    },
    child,
  );
}

function onEvents(context: PipelineContext, job: aws.glue.Job, sources: WiredSource[]): void {
  const { name, settings, place, prefix, tags, child } = context;
  const workflow = new aws.glue.Workflow(
    childName(name, "workflow"),
    { name: `${prefix}-on-events`, description: "Cleans new files in batches", maxConcurrentRuns: 1, tags },
    child,
  );
  const trigger = new aws.glue.Trigger(
    childName(name, "on-events"),
    {
      name: `${prefix}-on-events`,
      type: "EVENT",
      workflowName: workflow.name,
      eventBatchingConditions: [{ batchSize: settings.eventBatchSize, batchWindow: settings.eventWindowSeconds }],
      actions: [{ jobName: job.name }],
      tags,
    },
    child,
  );
  const rule = new aws.cloudwatch.EventRule(
    childName(name, "new-files"),
    {
      description: "New files of the analytics pipeline's sources",
      eventPattern: pulumi.jsonStringify({
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        $or: sources.map(({ bucketName, prefix: folder }) => ({
          detail: { bucket: { name: [bucketName] }, object: { key: [{ prefix: folder }] } },
        })),
      }),
      tags,
    },
    child,
  );
  const workflowArn = arnIn(place, "glue", pulumi.interpolate`workflow/${workflow.name}`);
  const notifier = roleWith(
    context,
    "new-files",
    "Tells the workflow of new files",
    trustDocument({ service: "events.amazonaws.com", sourceAccount: place.accountId, sourceArn: rule.arn }),
    [{ sid: "Notify", actions: ["glue:notifyEvent"], resources: [workflowArn] }],
  );
  new aws.cloudwatch.EventTarget(
    childName(name, "new-files"),
    { rule: rule.name, arn: workflowArn, roleArn: notifier.role.arn },
    { ...child, dependsOn: [trigger, notifier.policy] },
  );
}

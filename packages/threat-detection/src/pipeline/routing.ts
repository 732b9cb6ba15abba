import { childName, type FunctionRef } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { PIPELINE } from "./defaults.ts";

type Tags = Record<string, pulumi.Input<string>>;

/** What a rule takes, and which queue it puts it into. */
export interface RuleParts {
  description: string;
  /** EventBridge's pattern of the event's `detail`. Default: every finding. */
  detail?: Record<string, unknown>;
  queueArn: pulumi.Input<string>;
  deadLetterQueueArn: pulumi.Input<string>;
}

/** A rule that puts findings of GuardDuty into a queue. */
export function createFindingRule(
  name: string,
  { description, detail, queueArn, deadLetterQueueArn }: RuleParts,
  tags: Tags,
  opts: { parent: pulumi.Resource },
): aws.cloudwatch.EventRule {
  const rule = new aws.cloudwatch.EventRule(
    childName(name, "rule"),
    {
      description,
      eventPattern: JSON.stringify({
        source: ["aws.guardduty"],
        "detail-type": ["GuardDuty Finding"],
        ...(detail !== undefined && { detail }),
      }),
      tags,
    },
    opts,
  );
  new aws.cloudwatch.EventTarget(
    childName(name, "target"),
    {
      rule: rule.name,
      arn: queueArn,
      deadLetterConfig: { arn: deadLetterQueueArn },
      retryPolicy: {
        maximumEventAgeInSeconds: PIPELINE.EVENT_AGE_SECONDS,
        maximumRetryAttempts: PIPELINE.EVENT_RETRIES,
      },
    },
    opts,
  );
  return rule;
}

/** The queue's findings to a function, some at a time; a finding that it fails on is given to it again, alone. */
export function createDelivery(
  name: string,
  queueArn: pulumi.Input<string>,
  target: FunctionRef,
  tags: Tags,
  opts: { parent: pulumi.Resource },
): void {
  new aws.lambda.EventSourceMapping(
    childName(name, "delivery"),
    {
      eventSourceArn: queueArn,
      functionName: target.functionArn,
      batchSize: PIPELINE.BATCH_SIZE,
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: PIPELINE.MAXIMUM_CONCURRENCY },
      tags,
    },
    opts,
  );
}

/** What a function is called with, and when. */
export interface Schedule {
  /** The role of the rule: `digest`. */
  role: string;
  description: string;
  /** EventBridge's `rate(...)` or `cron(...)`. */
  expression: string;
  input: Record<string, unknown>;
  target: FunctionRef;
  deadLetterQueueArn: pulumi.Input<string>;
}

/** Calls a function by the clock; a call that comes to nothing is a dead letter. */
export function createSchedule(
  name: string,
  { role, description, expression, input, target, deadLetterQueueArn }: Schedule,
  tags: Tags,
  opts: { parent: pulumi.Resource },
): void {
  const rule = new aws.cloudwatch.EventRule(
    childName(name, role),
    { description, scheduleExpression: expression, tags },
    opts,
  );
  new aws.lambda.Permission(
    childName(name, `${role}-permission`),
    {
      action: "lambda:InvokeFunction",
      function: target.functionName,
      qualifier: target.qualifier,
      principal: "events.amazonaws.com",
      sourceArn: rule.arn,
      sourceAccount: aws.getCallerIdentityOutput({}, opts).accountId,
    },
    opts,
  );
  new aws.cloudwatch.EventTarget(
    childName(name, `${role}-target`),
    {
      rule: rule.name,
      arn: target.functionArn,
      input: JSON.stringify(input),
      deadLetterConfig: { arn: deadLetterQueueArn },
      retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 3 },
    },
    opts,
  );
}

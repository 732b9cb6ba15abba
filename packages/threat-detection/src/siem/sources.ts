import { allowDocument, arnIn, childName, denyPlainHttp, trustDocument } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { SiemContext } from "./context.ts";
import { FIXED } from "./defaults.ts";

/** What the alarms look at. */
export interface FindingSource {
  rule: aws.cloudwatch.EventRule;
  deadLetters: aws.sqs.Queue;
}

/** Every log group's way into the stream. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#FirehoseExample */
export function subscribeLogGroups(context: SiemContext, stream: aws.kinesis.FirehoseDeliveryStream): void {
  const { name, args, place, child } = context;
  const groups = Object.entries(args.logGroups ?? {});
  if (groups.length === 0) return;
  const trust = trustDocument({ service: "logs.amazonaws.com", sourceArn: arnIn(place, "logs", "*") });
  const sender = createSender(context, "subscription", "Hands log events on to be searched", trust, stream);
  for (const [key, logGroup] of groups) {
    new aws.cloudwatch.LogSubscriptionFilter(
      childName(name, `subscription-${key}`),
      { logGroup, filterPattern: "", destinationArn: stream.arn, roleArn: sender.role.arn },
      { ...child, dependsOn: [sender.policy] },
    );
  }
}

/** Every finding's way into the stream, muted and minor ones too. What EventBridge cannot hand on for a day is put aside. */
export function subscribeFindings(context: SiemContext, stream: aws.kinesis.FirehoseDeliveryStream): FindingSource {
  const { name, place, kmsKeyArn, tags, child } = context;
  const rule = new aws.cloudwatch.EventRule(
    childName(name, "findings"),
    {
      description: "Every finding, to be searched",
      eventPattern: JSON.stringify({ source: ["aws.guardduty"], "detail-type": ["GuardDuty Finding"] }),
      tags,
    },
    child,
  );
  const trust = trustDocument({ service: "events.amazonaws.com", sourceAccount: place.accountId, sourceArn: rule.arn });
  const sender = createSender(context, "findings", "Hands findings on to be searched", trust, stream);
  const deadLetters = new aws.sqs.Queue(
    childName(name, "dead-letters"),
    { kmsMasterKeyId: kmsKeyArn, messageRetentionSeconds: FIXED.DEAD_LETTER_SECONDS, tags }, // Security Hub SQS.1
    child,
  );
  new aws.sqs.QueuePolicy(
    childName(name, "dead-letters-policy"),
    {
      queueUrl: deadLetters.url,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "RulePutsAside",
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: "sqs:SendMessage",
            Resource: deadLetters.arn,
            Condition: {
              StringEquals: { "aws:SourceAccount": place.accountId },
              ArnEquals: { "aws:SourceArn": rule.arn },
            },
          },
          denyPlainHttp("sqs:*", deadLetters.arn),
        ],
      }),
    },
    child,
  );
  new aws.cloudwatch.EventTarget(
    childName(name, "findings-target"),
    {
      rule: rule.name,
      arn: stream.arn,
      roleArn: sender.role.arn,
      deadLetterConfig: { arn: deadLetters.arn },
      retryPolicy: { maximumEventAgeInSeconds: FIXED.EVENT_AGE_SECONDS, maximumRetryAttempts: FIXED.EVENT_RETRIES },
    },
    { ...child, dependsOn: [sender.policy] },
  );
  return { rule, deadLetters };
}

/** Lets the transformation put back what it takes apart. */
export function allowPuttingBack({ name, args, child }: SiemContext, stream: aws.kinesis.FirehoseDeliveryStream): void {
  const statement = { sid: "PutBack", actions: ["firehose:PutRecordBatch"], resources: [stream.arn] };
  new aws.iam.RolePolicy(
    childName(name, "transform-policy"),
    {
      role: args.transform.roleName,
      policy: allowDocument([statement], { component: "Siem", name, property: "transform" }),
    },
    child,
  );
}

function createSender(
  { name, tags, child }: SiemContext,
  role: string,
  description: string,
  assumeRolePolicy: pulumi.Output<string>,
  stream: aws.kinesis.FirehoseDeliveryStream,
): { role: aws.iam.Role; policy: aws.iam.RolePolicy } {
  const sender = new aws.iam.Role(childName(name, `${role}-role`), { description, assumeRolePolicy, tags }, child);
  const statement = {
    sid: "HandOn",
    actions: ["firehose:PutRecord", "firehose:PutRecordBatch"],
    resources: [stream.arn],
  };
  const policy = new aws.iam.RolePolicy(
    childName(name, `${role}-policy`),
    { role: sender.id, policy: allowDocument([statement], { component: "Siem", name, property: role }) },
    child,
  );
  return { role: sender, policy };
}

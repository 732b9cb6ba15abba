import * as pulumi from "@pulumi/pulumi";
import { createAlarm, watchPipeline } from "../pipeline/alarms.ts";
import type { DetectionSettings } from "./settings.ts";

/** An alarm for each place at which a finding can stop on its way to a person. */
export function createAlarms(
  name: string,
  { channel, notifier, alarmTopicArn }: DetectionSettings,
  ruleName: pulumi.Input<string>,
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
): void {
  const pipeline = {
    ruleName,
    queueName: channel.queueName,
    deadLetterQueueName: channel.deadLetterQueueName,
    functionName: notifier.functionName,
    functionRole: "notifier",
    alarmTopicArn,
    descriptions: {
      deadLetters: "A finding could not be delivered and waits in the dead-letter queue",
      waiting: "A finding has waited for more than 15 minutes to be sent",
      function: "The function that sends findings fails",
      rule: "EventBridge could not put a finding into the queue",
    },
  };
  watchPipeline(name, pipeline, tags, opts);
  // The last hop: a queue that refuses, a Slack channel that is gone, an e-mail that does not arrive.
  createAlarm(name, "topic-alarm", alarmTopicArn, tags, opts, {
    alarmDescription: "The topic could not reach one of those who listen to it",
    namespace: "AWS/SNS",
    metricName: "NumberOfNotificationsFailed",
    dimensions: { TopicName: pulumi.output(channel.topicArn).apply((arn) => arn.split(":").at(-1) ?? arn) },
    statistic: "Sum",
    threshold: 0,
  });
}

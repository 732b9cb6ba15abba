import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { SiemEngine } from "./args.ts";
import { type SiemContext, storeName } from "./context.ts";
import { FIXED } from "./defaults.ts";
import type { FindingSource } from "./sources.ts";

type Alarm = Partial<aws.cloudwatch.MetricAlarmArgs>;

/** An alarm for each place at which an event can stop on its way. https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html */
export function createSiemAlarms(
  context: SiemContext,
  stream: aws.kinesis.FirehoseDeliveryStream,
  findings: FindingSource | undefined,
): void {
  const { name, args, settings, tags, child } = context;
  countUnmapped(context);
  const { alarmTopicArn } = args;
  if (alarmTopicArn === undefined) return;
  const alarms = {
    ...streamAlarms(settings.engine, stream.name),
    ...unmappedAlarm(name),
    ...(findings && findingAlarms(findings)),
    ...(settings.engine === SiemEngine.Domain && domainAlarms(context)),
  };
  for (const [role, alarm] of Object.entries(alarms)) {
    new aws.cloudwatch.MetricAlarm(
      childName(name, role),
      {
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        period: 300,
        evaluationPeriods: 1,
        // Without records there are no figures.
        treatMissingData: "notBreaching",
        ...alarm,
        alarmActions: [alarmTopicArn],
        okActions: [alarmTopicArn],
        tags,
      },
      child,
    );
  }
}

function streamAlarms(engine: SiemEngine, DeliveryStreamName: pulumi.Input<string>): Record<string, Alarm> {
  const to =
    engine === SiemEngine.Serverless ? "DeliveryToAmazonOpenSearchServerless" : "DeliveryToAmazonOpenSearchService";
  const ofStream = { namespace: "AWS/Firehose", dimensions: { DeliveryStreamName } };
  return {
    "freshness-alarm": {
      ...ofStream,
      alarmDescription: "Events wait for more than half an hour to be searched",
      metricName: `${to}.DataFreshness`,
      statistic: "Maximum",
      threshold: FIXED.FRESH_SECONDS,
    },
    "delivery-alarm": {
      ...ofStream,
      alarmDescription: "OpenSearch refuses events: they are kept in the bucket of failed records",
      metricName: `${to}.Success`,
      statistic: "Minimum",
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
    },
    "transform-alarm": {
      ...ofStream,
      alarmDescription: "The function that makes events of records fails",
      metricName: "ExecuteProcessing.Success",
      statistic: "Minimum",
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
    },
  };
}

const unmappedAlarm = (name: string): Record<string, Alarm> => ({
  "unmapped-alarm": {
    alarmDescription: "A record could not be made an event: it is kept in the bucket of failed records",
    namespace: FIXED.METRIC_NAMESPACE,
    metricName: `${storeName(name)}-unmapped`,
    statistic: "Sum",
  },
});

// Each record that is not mapped leaves a line in the function's log.
function countUnmapped({ name, args, child }: SiemContext): void {
  new aws.cloudwatch.LogMetricFilter(
    childName(name, "unmapped"),
    {
      logGroupName: args.transform.logGroupName,
      pattern: '{ $.event = "undelivered" }',
      metricTransformation: { namespace: FIXED.METRIC_NAMESPACE, name: `${storeName(name)}-unmapped`, value: "1" },
    },
    child,
  );
}

function findingAlarms({ rule, deadLetters }: FindingSource): Record<string, Alarm> {
  return {
    "findings-alarm": {
      alarmDescription: "EventBridge could not hand a finding on to be searched",
      namespace: "AWS/Events",
      metricName: "FailedInvocations",
      dimensions: { RuleName: rule.name },
      statistic: "Sum",
    },
    "dead-letters-alarm": {
      alarmDescription: "A finding could not be handed on for a day and waits in the dead-letter queue",
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: deadLetters.name },
      statistic: "Maximum",
    },
  };
}

// https://docs.aws.amazon.com/opensearch-service/latest/developerguide/cloudwatch-alarms.html
function domainAlarms({ name, settings, place }: SiemContext): Record<string, Alarm> {
  const ofDomain = { namespace: "AWS/ES", dimensions: { DomainName: storeName(name), ClientId: place.accountId } };
  return {
    "red-alarm": {
      ...ofDomain,
      alarmDescription: "The domain lacks a part of its events",
      metricName: "ClusterStatus.red",
      statistic: "Maximum",
    },
    "writes-alarm": {
      ...ofDomain,
      alarmDescription: "The domain takes no events",
      metricName: "ClusterIndexWritesBlocked",
      statistic: "Maximum",
    },
    "storage-alarm": {
      ...ofDomain,
      alarmDescription: "A node of the domain has less than a quarter of its volume left",
      metricName: "FreeStorageSpace",
      statistic: "Minimum",
      comparisonOperator: "LessThanThreshold",
      // In MiB.
      threshold: settings.volumeGigabytes * 256,
    },
  };
}

import { DeleteAlarmsCommand, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  DeleteSubscriptionFilterCommand,
  PutRetentionPolicyCommand,
  PutSubscriptionFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { type HandlerContext, handler, type Properties, type ServiceHandlers } from "./handler.ts";
import { ignoreMissing, pascalCase, pick, tagList } from "./values.ts";

interface LogGroupInputs {
  name?: string;
  retentionInDays?: number;
  kmsKeyId?: string;
  tags?: Record<string, string>;
}

async function setRetention(name: string, days: number | undefined, { clients }: HandlerContext): Promise<void> {
  // The provider takes 0 for "never expires".
  if (days) await clients.logs.send(new PutRetentionPolicyCommand({ logGroupName: name, retentionInDays: days }));
  else await ignoreMissing(clients.logs.send(new DeleteRetentionPolicyCommand({ logGroupName: name })));
}

function logGroupOutputs(name: string, { partition, region, accountId }: HandlerContext): Properties {
  return { name, arn: `arn:${partition}:logs:${region}:${accountId}:log-group:${name}` };
}

const logGroup = handler<LogGroupInputs>({
  replaceOnChanges: ["name", "namePrefix", "logGroupClass", "kmsKeyId"],
  async create(inputs, ctx) {
    const name = inputs.name ?? ctx.physicalName(512);
    await ctx.clients.logs.send(
      new CreateLogGroupCommand({ logGroupName: name, kmsKeyId: inputs.kmsKeyId, tags: inputs.tags }),
    );
    if (inputs.retentionInDays) await setRetention(name, inputs.retentionInDays, ctx);
    return { id: name, outputs: logGroupOutputs(name, ctx) };
  },
  async update(id, _olds, news, ctx) {
    await setRetention(id, news.retentionInDays, ctx);
    return { id, outputs: logGroupOutputs(id, ctx) };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.logs.send(new DeleteLogGroupCommand({ logGroupName: id })));
  },
});

const logStream = handler<{ name?: string; logGroupName: string }>({
  replaceOnChanges: ["name", "logGroupName"],
  async create({ name, logGroupName }, ctx) {
    const logStreamName = name ?? ctx.physicalName(512);
    await ctx.clients.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    const { arn } = logGroupOutputs(logGroupName, ctx);
    return { id: logStreamName, outputs: { name: logStreamName, arn: `${arn}:log-stream:${logStreamName}` } };
  },
  async delete(logStreamName, olds, { clients }) {
    const logGroupName = String(olds.logGroupName);
    await ignoreMissing(clients.logs.send(new DeleteLogStreamCommand({ logGroupName, logStreamName })));
  },
});

interface SubscriptionFilterInputs {
  name?: string;
  logGroup: string;
  filterPattern: string;
  destinationArn: string;
  roleArn?: string;
}

const putFilter = (filterName: string, inputs: SubscriptionFilterInputs, { clients }: HandlerContext) =>
  clients.logs.send(
    new PutSubscriptionFilterCommand({
      logGroupName: inputs.logGroup,
      filterName,
      filterPattern: inputs.filterPattern,
      destinationArn: inputs.destinationArn,
      roleArn: inputs.roleArn,
    }),
  );

const subscriptionFilter = handler<SubscriptionFilterInputs>({
  replaceOnChanges: ["name", "logGroup"],
  async create(inputs, ctx) {
    const name = inputs.name ?? ctx.physicalName(512);
    await putFilter(name, inputs, ctx);
    return { id: name, outputs: { name } };
  },
  async update(id, _olds, news, ctx) {
    await putFilter(id, news, ctx);
    return { id, outputs: { name: id } };
  },
  async delete(filterName, olds, { clients }) {
    const logGroupName = String(olds.logGroup);
    await ignoreMissing(clients.logs.send(new DeleteSubscriptionFilterCommand({ logGroupName, filterName })));
  },
});

interface MetricAlarmInputs extends Properties {
  name?: string;
  comparisonOperator: string;
  evaluationPeriods: number;
  dimensions?: Record<string, string>;
  tags?: Record<string, string>;
}

/** Properties that the API has under the same name. */
const ALARM = [
  "comparisonOperator",
  "evaluationPeriods",
  "actionsEnabled",
  "alarmActions",
  "alarmDescription",
  "datapointsToAlarm",
  "evaluateLowSampleCountPercentile",
  "extendedStatistic",
  "insufficientDataActions",
  "namespace",
  "metricName",
  "period",
  "statistic",
  "threshold",
  "thresholdMetricId",
  "treatMissingData",
  "unit",
] as const;

async function putAlarm(name: string, inputs: MetricAlarmInputs, ctx: HandlerContext): Promise<Properties> {
  const dimensions = Object.entries(inputs.dimensions ?? {}).map(([Name, Value]) => ({ Name, Value }));
  await ctx.clients.cloudWatch.send(
    new PutMetricAlarmCommand({
      ...pascalCase(pick(inputs, ALARM)),
      OKActions: inputs.okActions as string[] | undefined,
      AlarmName: name,
      Dimensions: inputs.metricName ? dimensions : undefined,
      Tags: tagList(inputs.tags),
    }),
  );
  return { name, arn: `arn:${ctx.partition}:cloudwatch:${ctx.region}:${ctx.accountId}:alarm:${name}` };
}

const metricAlarm = handler<MetricAlarmInputs>({
  replaceOnChanges: ["name"],
  async create(inputs, ctx) {
    const name = inputs.name ?? ctx.physicalName(255);
    return { id: name, outputs: await putAlarm(name, inputs, ctx) };
  },
  async update(id, _olds, news, ctx) {
    return { id, outputs: await putAlarm(id, news, ctx) };
  },
  async delete(id, _olds, { clients }) {
    await ignoreMissing(clients.cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: [id] })));
  },
});

/** CloudWatch: log groups, which the functions' output lands in, and alarms, which no metric ever raises here. */
export const cloudwatch: ServiceHandlers = {
  types: {
    "aws:cloudwatch/logGroup:LogGroup": logGroup,
    "aws:cloudwatch/logStream:LogStream": logStream,
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": subscriptionFilter,
    "aws:cloudwatch/metricAlarm:MetricAlarm": metricAlarm,
  },
};

import {
  DeleteRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target,
} from "@aws-sdk/client-eventbridge";
import { type HandlerContext, handler, type Properties, type ServiceHandlers } from "./handler.ts";
import { ignoreMissing, pascalCase, tagList } from "./values.ts";

interface RuleInputs extends Properties {
  name?: string;
  description?: string;
  eventBusName?: string;
  eventPattern?: string;
  scheduleExpression?: string;
  state?: string;
  tags?: Record<string, string>;
}

async function putRule(name: string, inputs: RuleInputs, { clients }: HandlerContext): Promise<Properties> {
  const { RuleArn } = await clients.eventBridge.send(
    new PutRuleCommand({
      Name: name,
      Description: inputs.description,
      EventBusName: inputs.eventBusName,
      EventPattern: inputs.eventPattern,
      ScheduleExpression: inputs.scheduleExpression,
      State: inputs.state === "DISABLED" ? "DISABLED" : "ENABLED",
      Tags: tagList(inputs.tags),
    }),
  );
  return { name, arn: RuleArn };
}

const rule = handler<RuleInputs>({
  replaceOnChanges: ["eventBusName", "name", "namePrefix"],
  async create(inputs, ctx) {
    const name = inputs.name ?? ctx.physicalName(64);
    return { id: name, outputs: await putRule(name, inputs, ctx) };
  },
  async update(id, _olds, news, ctx) {
    return { id, outputs: await putRule(id, news, ctx) };
  },
  async delete(id, olds, { clients }) {
    const EventBusName = olds.eventBusName as string | undefined;
    await ignoreMissing(clients.eventBridge.send(new DeleteRuleCommand({ Name: id, EventBusName })));
  },
});

interface TargetInputs extends Properties {
  rule: string;
  arn: string;
  eventBusName?: string;
  targetId?: string;
  input?: string;
  inputPath?: string;
  inputTransformer?: { inputPaths?: Record<string, string>; inputTemplate: string };
  roleArn?: string;
  deadLetterConfig?: { arn?: string };
  retryPolicy?: Properties;
}

async function putTarget(Id: string, inputs: TargetInputs, { clients }: HandlerContext): Promise<void> {
  const target: Target = {
    Id,
    Arn: inputs.arn,
    Input: inputs.input,
    InputPath: inputs.inputPath,
    InputTransformer: inputs.inputTransformer && {
      InputPathsMap: inputs.inputTransformer.inputPaths,
      InputTemplate: inputs.inputTransformer.inputTemplate,
    },
    RoleArn: inputs.roleArn,
    DeadLetterConfig: inputs.deadLetterConfig && { Arn: inputs.deadLetterConfig.arn },
    RetryPolicy: inputs.retryPolicy && pascalCase(inputs.retryPolicy),
  };
  const { FailedEntries = [] } = await clients.eventBridge.send(
    new PutTargetsCommand({ Rule: inputs.rule, EventBusName: inputs.eventBusName, Targets: [target] }),
  );
  const failed = FailedEntries[0];
  if (failed !== undefined) throw new Error(`PutTargets: ${failed.ErrorCode}: ${failed.ErrorMessage}`);
}

const target = handler<TargetInputs>({
  replaceOnChanges: ["eventBusName", "rule", "targetId"],
  async create(inputs, ctx) {
    const targetId = inputs.targetId ?? ctx.physicalName(64);
    await putTarget(targetId, inputs, ctx);
    return { id: `${inputs.rule}-${targetId}`, outputs: { targetId } };
  },
  async update(id, olds, news, ctx) {
    const targetId = olds.targetId as string;
    await putTarget(targetId, news, ctx);
    return { id, outputs: { targetId } };
  },
  async delete(_id, olds, { clients }) {
    const { rule: Rule, targetId, eventBusName } = olds as { rule: string; targetId: string; eventBusName?: string };
    const Ids = [targetId];
    await ignoreMissing(clients.eventBridge.send(new RemoveTargetsCommand({ Rule, Ids, EventBusName: eventBusName })));
  },
});

/** EventBridge, which the provider calls by its old name, CloudWatch Events. */
export const events: ServiceHandlers = {
  types: {
    "aws:cloudwatch/eventRule:EventRule": rule,
    "aws:cloudwatch/eventTarget:EventTarget": target,
  },
};

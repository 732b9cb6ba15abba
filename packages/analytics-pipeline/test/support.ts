import { type Recording, type RecordOptions, recordStack } from "@palisade/testing";
import { AnalyticsPipeline, type AnalyticsPipelineArgs } from "../src/index.ts";

export const KEY = "arn:aws:kms:eu-central-1:111122223333:key/stage";
export const TRAIL_KEY = "arn:aws:kms:eu-central-1:111122223333:key/trail";
export const TOPIC = "arn:aws:sns:eu-central-1:111122223333:alarms";

/** One source, nothing else. */
export const LEAST: AnalyticsPipelineArgs = { apiAccessLog: { logGroupName: "api-access" } };

/** Every source and what a stage gives. */
export const STAGE: AnalyticsPipelineArgs = {
  existingTrail: { bucketName: "trail-bucket", kmsKeyArn: TRAIL_KEY },
  apiAccessLog: { logGroupName: "api-access" },
  firewallLog: { logGroupName: "aws-waf-logs-edge" },
  databaseAuditLog: { logGroupName: "/aws/rds/cluster/shop/audit" },
  kmsKeyArn: KEY,
  alarmTopicArn: TOPIC,
};

/** SageMaker's images are in an account of AWS's own in each region. */
const IMAGE = { "aws:sagemaker/getPrebuiltEcrImage:getPrebuiltEcrImage": image };

function image({ repositoryName, imageTag, region }: Record<string, unknown>): Record<string, unknown> {
  return { registryPath: `492215442770.dkr.ecr.${region}.amazonaws.com/${repositoryName}:${imageTag}` };
}

/** What was recorded of the two that most tests read; no test changes a recording. */
const kept = new Map<AnalyticsPipelineArgs, Promise<Recording<AnalyticsPipeline>>>();

export function record(
  args: AnalyticsPipelineArgs = LEAST,
  options?: RecordOptions,
): Promise<Recording<AnalyticsPipeline>> {
  const known = options === undefined ? kept.get(args) : undefined;
  if (known !== undefined) return known;
  const recording = recordStack(() => new AnalyticsPipeline("calls", args), { invokes: IMAGE, ...options });
  if (options === undefined && (args === LEAST || args === STAGE)) kept.set(args, recording);
  return recording;
}

export interface Statement {
  Sid: string;
  Effect: string;
  Action: string[];
  Resource: string[];
  Condition?: Record<string, Record<string, unknown>>;
}

/** The statements of a role's one policy, by their ids. */
export function statementsOf(recording: Recording<AnalyticsPipeline>, policy: string): Record<string, Statement> {
  const { inputs } = recording.one("aws:iam/rolePolicy:RolePolicy", policy);
  const { Statement } = JSON.parse(String(inputs.policy)) as { Statement: Statement[] };
  return Object.fromEntries(Statement.map((statement) => [statement.Sid, statement]));
}

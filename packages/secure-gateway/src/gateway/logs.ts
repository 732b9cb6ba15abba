import { childName, type ExistingLogGroup } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "./context.ts";

/** The log group of the access log: adopted, or made under a name of Pulumi's, outside `/aws/`. */
export function createAccessLog({ name, args, settings, tags, child }: BuildContext): ExistingLogGroup {
  if (args.existingAccessLogGroup !== undefined) return args.existingAccessLogGroup;
  const group = new aws.cloudwatch.LogGroup(
    childName(name, "access-log"),
    { retentionInDays: settings.logRetentionDays, kmsKeyId: args.kmsKeyArn, tags },
    child,
  );
  return { logGroupArn: group.arn, logGroupName: group.name };
}

/**
 * The log group of the execution log, under the name that API Gateway looks for: else it makes one itself, kept for ever and
 * without our key.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export function createExecutionLog(
  { name, args, settings, tags, child }: BuildContext,
  restApiId: pulumi.Input<string>,
): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    childName(name, "execution-log"),
    {
      name: pulumi.interpolate`API-Gateway-Execution-Logs_${restApiId}/${settings.stageName}`,
      retentionInDays: settings.logRetentionDays,
      kmsKeyId: args.kmsKeyArn,
      tags,
    },
    child,
  );
}

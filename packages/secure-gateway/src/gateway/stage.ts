import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ACCESS_LOG_FORMAT } from "./access-log-format.ts";
import type { ThrottlingArgs } from "./args.ts";
import { FIXED } from "./defaults.ts";
import type { PartOptions } from "./rest-api.ts";
import type { GatewaySettings } from "./validate.ts";

/** What a stage is made of. */
export interface StageParts {
  restApi: aws.apigateway.RestApi;
  deployment: aws.apigateway.Deployment;
  accessLogArn: pulumi.Input<string>;
  executionLog: aws.cloudwatch.LogGroup;
  tags: Record<string, pulumi.Input<string>>;
}

/** The stage, with the settings of all its methods and of single ones. */
export function createStage(
  name: string,
  settings: GatewaySettings,
  parts: StageParts,
  opts: PartOptions,
): aws.apigateway.Stage {
  const stage = new aws.apigateway.Stage(
    childName(name, "stage"),
    {
      restApi: parts.restApi.id,
      deployment: parts.deployment.id,
      stageName: settings.stageName,
      xrayTracingEnabled: FIXED.xrayTracingEnabled,
      accessLogSettings: { destinationArn: parts.accessLogArn, format: ACCESS_LOG_FORMAT },
      tags: parts.tags,
    },
    // First the log group: API Gateway makes its own where it finds none.
    { ...opts, dependsOn: [parts.executionLog] },
  );
  const all = methodSettings(childName(name, "method-settings"), "*/*", settings.throttling, settings, stage, opts);
  for (const { operationId, method, path } of settings.contract.operations) {
    const throttling = settings.operationThrottling.get(operationId);
    if (throttling === undefined) continue;
    methodSettings(`${name}-method-settings-${operationId}`, methodPath(path, method), throttling, settings, stage, {
      ...opts,
      dependsOn: [all],
    });
  }
  return stage;
}

/** How a stage names a method: slashes of the path, the first too, as `~1` (terraform-provider-aws issue 9738). */
export function methodPath(path: string, method: string): string {
  return `${path.replaceAll("/", "~1")}/${method}`;
}

/** Settings of a method take the place of those of all methods as a whole, so each has every setting. */
function methodSettings(
  logicalName: string,
  path: string,
  throttling: ThrottlingArgs,
  settings: GatewaySettings,
  stage: aws.apigateway.Stage,
  opts: PartOptions & { dependsOn?: pulumi.Resource[] },
): aws.apigateway.MethodSettings {
  return new aws.apigateway.MethodSettings(
    logicalName,
    {
      restApi: stage.restApi,
      stageName: stage.stageName,
      methodPath: path,
      settings: {
        loggingLevel: settings.executionLogLevel,
        dataTraceEnabled: FIXED.dataTraceEnabled,
        metricsEnabled: FIXED.metricsEnabled,
        cachingEnabled: FIXED.cachingEnabled,
        throttlingRateLimit: throttling.rateLimit,
        throttlingBurstLimit: throttling.burstLimit,
      },
    },
    opts,
  );
}

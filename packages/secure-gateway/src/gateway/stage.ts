import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { ACCESS_LOG_FORMAT } from "./access-log-format.ts";
import type { ThrottlingArgs } from "./args.ts";
import type { BuildContext } from "./context.ts";
import { FIXED } from "./defaults.ts";

/** What a stage is made of. */
export interface StageParts {
  restApi: aws.apigateway.RestApi;
  deployment: aws.apigateway.Deployment;
  accessLogArn: pulumi.Input<string>;
  executionLog: aws.cloudwatch.LogGroup;
  clientCertificateId: pulumi.Input<string>;
}

/** The stage, with the settings of all its methods and of single ones. */
export function createStage(context: BuildContext, parts: StageParts): aws.apigateway.Stage {
  const { name, settings, tags, child } = context;
  const stage = new aws.apigateway.Stage(
    childName(name, "stage"),
    {
      restApi: parts.restApi.id,
      deployment: parts.deployment.id,
      stageName: settings.stageName,
      xrayTracingEnabled: FIXED.xrayTracingEnabled,
      clientCertificateId: parts.clientCertificateId,
      cacheClusterEnabled: settings.cache === undefined ? undefined : true,
      cacheClusterSize: settings.cache?.clusterSize,
      accessLogSettings: { destinationArn: parts.accessLogArn, format: ACCESS_LOG_FORMAT },
      tags,
    },
    // First the log group: API Gateway makes its own where it finds none.
    { ...child, dependsOn: [parts.executionLog] },
  );
  const common = { stage, level: settings.executionLogLevel };
  const ofAll = { ...common, path: "*/*", throttling: settings.throttling };
  const all = methodSettings(childName(name, "method-settings"), ofAll, child);
  for (const { operationId, method, path } of settings.contract.operations) {
    const throttling = settings.operationThrottling.get(operationId);
    const cacheTtlSeconds = settings.cache?.ttlSeconds.get(operationId);
    if (throttling === undefined && cacheTtlSeconds === undefined) continue;
    const ofOne = {
      ...common,
      path: methodPath(path, method),
      throttling: throttling ?? settings.throttling,
      cacheTtlSeconds,
    };
    methodSettings(`${name}-method-settings-${operationId}`, ofOne, { ...child, dependsOn: [all] });
  }
  return stage;
}

/** How a stage names a method: slashes of the path, the first too, as `~1` (terraform-provider-aws issue 9738). */
export function methodPath(path: string, method: string): string {
  return `${path.replaceAll("/", "~1")}/${method}`;
}

interface MethodParts {
  stage: aws.apigateway.Stage;
  level: string;
  /** As a stage names it. */
  path: string;
  throttling: ThrottlingArgs;
  /** How long an answer is kept; undefined where none is. */
  cacheTtlSeconds?: number;
}

/** Settings of a method take the place of those of all methods as a whole, so each has every setting. */
function methodSettings(
  logicalName: string,
  { stage, level, path, throttling, cacheTtlSeconds }: MethodParts,
  opts: pulumi.CustomResourceOptions,
): aws.apigateway.MethodSettings {
  return new aws.apigateway.MethodSettings(
    logicalName,
    {
      restApi: stage.restApi,
      stageName: stage.stageName,
      methodPath: path,
      settings: {
        loggingLevel: level,
        dataTraceEnabled: FIXED.dataTraceEnabled,
        metricsEnabled: FIXED.metricsEnabled,
        cachingEnabled: cacheTtlSeconds === undefined ? FIXED.cachingEnabled : true,
        cacheTtlInSeconds: cacheTtlSeconds,
        cacheDataEncrypted: FIXED.cacheDataEncrypted,
        requireAuthorizationForCacheControl: FIXED.requireAuthorizationForCacheControl,
        unauthorizedCacheControlHeaderStrategy: FIXED.unauthorizedCacheControlHeaderStrategy,
        throttlingRateLimit: throttling.rateLimit,
        throttlingBurstLimit: throttling.burstLimit,
      },
    },
    opts,
  );
}

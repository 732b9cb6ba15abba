import {
  type CacheClusterSize,
  CreateDeploymentCommand,
  CreateStageCommand,
  DeleteDeploymentCommand,
  DeleteStageCommand,
  type PatchOperation,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import { type HandlerContext, handler, type Properties } from "../handler.ts";
import { ignoreMissing } from "../values.ts";

interface DeploymentInputs {
  restApi: string;
  description?: string;
  variables?: Record<string, string>;
  triggers?: Record<string, string>;
}

export const deployment = handler<DeploymentInputs>({
  replaceOnChanges: ["restApi", "triggers", "variables"],
  async create(inputs, { clients }) {
    const { id = "", createdDate } = await clients.apiGateway.send(
      new CreateDeploymentCommand({
        restApiId: inputs.restApi,
        description: inputs.description,
        variables: inputs.variables,
      }),
    );
    return { id, outputs: { createdDate: createdDate?.toISOString() } };
  },
  async update(id, olds) {
    // Only the description can change in place, and nothing reads it.
    return { id, outputs: { createdDate: olds.createdDate } };
  },
  async delete(id, olds, { clients }) {
    const restApiId = olds.restApi as string;
    await ignoreMissing(clients.apiGateway.send(new DeleteDeploymentCommand({ restApiId, deploymentId: id })));
  },
});

interface StageInputs {
  restApi: string;
  stageName: string;
  deployment: string;
  description?: string;
  accessLogSettings?: { destinationArn: string; format: string };
  xrayTracingEnabled?: boolean;
  cacheClusterEnabled?: boolean;
  cacheClusterSize?: string;
  clientCertificateId?: string;
  variables?: Record<string, string>;
  tags?: Record<string, string>;
}

function stageOutputs(inputs: StageInputs, ctx: HandlerContext): Properties {
  const { partition, region, accountId } = ctx;
  const { restApi, stageName } = inputs;
  return {
    arn: `arn:${partition}:apigateway:${region}::/restapis/${restApi}/stages/${stageName}`,
    executionArn: `arn:${partition}:execute-api:${region}:${accountId}:${restApi}/${stageName}`,
    invokeUrl: `https://${restApi}.execute-api.${region}.amazonaws.com/${stageName}`,
  };
}

function accessLog(inputs: StageInputs): PatchOperation[] {
  if (!inputs.accessLogSettings) return [];
  const { destinationArn, format } = inputs.accessLogSettings;
  return [
    { op: "replace", path: "/accessLogSettings/destinationArn", value: destinationArn },
    { op: "replace", path: "/accessLogSettings/format", value: format },
  ];
}

/** What is shown to backends: stored, since functions are invoked without TLS of the API's. */
function clientCertificate({ clientCertificateId }: StageInputs): PatchOperation[] {
  if (clientCertificateId === undefined) return [];
  return [{ op: "replace", path: "/clientCertificateId", value: clientCertificateId }];
}

/** A stage. Its response cache is enforced in front of the emulator (`src/gateway`). Its access log settings are stored; the emulator writes no access log (the front's record stands for it). */
export const stage = handler<StageInputs>({
  replaceOnChanges: ["restApi", "stageName", "variables"],
  async create(inputs, ctx) {
    const at = { restApiId: inputs.restApi, stageName: inputs.stageName };
    await ctx.clients.apiGateway.send(
      new CreateStageCommand({
        ...at,
        deploymentId: inputs.deployment,
        description: inputs.description,
        tracingEnabled: inputs.xrayTracingEnabled,
        cacheClusterEnabled: inputs.cacheClusterEnabled,
        cacheClusterSize: inputs.cacheClusterSize as CacheClusterSize | undefined,
        variables: inputs.variables,
        tags: inputs.tags,
      }),
    );
    const patchOperations = [...accessLog(inputs), ...clientCertificate(inputs)];
    if (patchOperations.length > 0) {
      await ctx.clients.apiGateway.send(new UpdateStageCommand({ ...at, patchOperations }));
    }
    return { id: `ags-${inputs.restApi}-${inputs.stageName}`, outputs: stageOutputs(inputs, ctx) };
  },
  async update(id, _olds, news, ctx) {
    await ctx.clients.apiGateway.send(
      new UpdateStageCommand({
        restApiId: news.restApi,
        stageName: news.stageName,
        patchOperations: [
          { op: "replace", path: "/deploymentId", value: news.deployment },
          { op: "replace", path: "/tracingEnabled", value: String(news.xrayTracingEnabled ?? false) },
          { op: "replace", path: "/cacheClusterEnabled", value: String(news.cacheClusterEnabled ?? false) },
          ...(news.cacheClusterSize === undefined
            ? []
            : [{ op: "replace" as const, path: "/cacheClusterSize", value: news.cacheClusterSize }]),
          ...accessLog(news),
          ...clientCertificate(news),
        ],
      }),
    );
    return { id, outputs: stageOutputs(news, ctx) };
  },
  async delete(_id, olds, { clients }) {
    const at = { restApiId: olds.restApi as string, stageName: olds.stageName as string };
    await ignoreMissing(clients.apiGateway.send(new DeleteStageCommand(at)));
  },
});

interface MethodSettingsInputs {
  restApi: string;
  stageName: string;
  /** A path, its slashes as `~1`, and a method; or the wildcard for both. */
  methodPath: string;
  settings: Record<string, string | number | boolean>;
}

/** The provider's names and the paths of UpdateStage's patches (API_UpdateStage, "Supported patch operations"). */
const SETTINGS: Record<string, string> = {
  metricsEnabled: "metrics/enabled",
  loggingLevel: "logging/loglevel",
  dataTraceEnabled: "logging/dataTrace",
  throttlingBurstLimit: "throttling/burstLimit",
  throttlingRateLimit: "throttling/rateLimit",
  cachingEnabled: "caching/enabled",
  cacheTtlInSeconds: "caching/ttlInSeconds",
  cacheDataEncrypted: "caching/dataEncrypted",
  requireAuthorizationForCacheControl: "caching/requireAuthorizationForCacheControl",
  unauthorizedCacheControlHeaderStrategy: "caching/unauthorizedCacheControlHeaderStrategy",
};

/** The start of a patch's path: the provider puts a slash in front and escapes nothing, which is the program's to do. */
function settingsPath(methodPath: string): string {
  return `/${methodPath.replace(/^\//, "")}`;
}

async function putSettings(inputs: MethodSettingsInputs, { clients }: HandlerContext): Promise<void> {
  const patchOperations = Object.entries(inputs.settings).flatMap(([name, value]): PatchOperation[] => {
    const path = SETTINGS[name];
    return path ? [{ op: "replace", path: `${settingsPath(inputs.methodPath)}/${path}`, value: String(value) }] : [];
  });
  await clients.apiGateway.send(
    new UpdateStageCommand({ restApiId: inputs.restApi, stageName: inputs.stageName, patchOperations }),
  );
}

/** Throttling is enforced, method by method, and caching by `src/gateway`; logging and metrics are stored only. */
export const methodSettings = handler<MethodSettingsInputs>({
  replaceOnChanges: ["methodPath", "restApi", "stageName"],
  async create(inputs, ctx) {
    await putSettings(inputs, ctx);
    return { id: `${inputs.restApi}-${inputs.stageName}-${inputs.methodPath}`, outputs: {} };
  },
  async update(id, _olds, news, ctx) {
    await putSettings(news, ctx);
    return { id, outputs: {} };
  },
  async delete(_id, olds, { clients }) {
    const inputs = olds as unknown as MethodSettingsInputs;
    await ignoreMissing(
      clients.apiGateway.send(
        new UpdateStageCommand({
          restApiId: inputs.restApi,
          stageName: inputs.stageName,
          patchOperations: [{ op: "remove", path: settingsPath(inputs.methodPath) }],
        }),
      ),
    );
  },
});

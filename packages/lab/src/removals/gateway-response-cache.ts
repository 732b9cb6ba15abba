import { UpdateStageCommand } from "@aws-sdk/client-api-gateway";
import type { RunningStage } from "../stage.ts";
import { routeOf } from "./gateway-method.ts";
import type { Removal } from "./removal.ts";

/** The operation's answers kept under nothing that tells callers apart, and renewed by whoever asks. */
export const gatewayResponseCache: Removal = {
  id: "gateway:response-cache",
  remove: async (stage, { operation }) => {
    const { path, httpMethod } = routeOf(operation);
    const method = `/${path.replaceAll("/", "~1")}/${httpMethod}`;
    const restore = async (): Promise<void> => {
      await patch(stage, [
        [`${method}/caching/enabled`, "false"],
        [`${method}/caching/requireAuthorizationForCacheControl`, "true"],
        ["/cacheClusterEnabled", "false"],
      ]);
    };
    await patch(stage, [
      ["/cacheClusterEnabled", "true"],
      ["/cacheClusterSize", "0.5"],
      [`${method}/caching/ttlInSeconds`, "300"],
      [`${method}/caching/requireAuthorizationForCacheControl`, "false"],
      [`${method}/caching/enabled`, "true"],
    ]);
    return restore;
  },
};

async function patch(stage: RunningStage, changes: readonly (readonly [path: string, value: string])[]): Promise<void> {
  const { restApiId, stageName } = stage.outputs;
  const patchOperations = changes.map(([path, value]) => ({ op: "replace" as const, path, value }));
  await stage.clients.apiGateway.send(new UpdateStageCommand({ restApiId, stageName, patchOperations }));
  await stage.reloadGateway();
  stage.flushCache();
}

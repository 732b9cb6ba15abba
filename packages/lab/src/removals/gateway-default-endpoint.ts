import { CreateDeploymentCommand, GetRestApiCommand, UpdateRestApiCommand } from "@aws-sdk/client-api-gateway";
import type { RunningStage } from "../stage.ts";
import type { Removal } from "./removal.ts";

/** The API's own address, open beside the domain. */
export const gatewayDefaultEndpoint: Removal = {
  id: "gateway:default-endpoint",
  remove: async (stage) => {
    const { restApiId } = stage.outputs;
    const { disableExecuteApiEndpoint } = await stage.clients.apiGateway.send(new GetRestApiCommand({ restApiId }));
    // After a change the emulator says it as text.
    if (String(disableExecuteApiEndpoint) !== "true") {
      throw new Error(`gateway:default-endpoint: the own address of ${stage.stage}'s API is not off`);
    }
    await disable(stage, false);
    return () => disable(stage, true);
  },
};

/** AWS takes it up with a deployment. */
async function disable(stage: RunningStage, off: boolean): Promise<void> {
  const { restApiId, stageName } = stage.outputs;
  const patchOperations = [{ op: "replace" as const, path: "/disableExecuteApiEndpoint", value: String(off) }];
  await stage.clients.apiGateway.send(new UpdateRestApiCommand({ restApiId, patchOperations }));
  await stage.clients.apiGateway.send(new CreateDeploymentCommand({ restApiId, stageName }));
  await stage.reloadGateway();
}

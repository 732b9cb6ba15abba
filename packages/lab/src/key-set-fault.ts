import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  GetFunctionConfigurationCommand,
  ListAliasesCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import type { RunningStage } from "./stage.ts";

/** What is wrong with the pool's key set: nothing listens where it is, or what does says nothing. */
export type KeySetFault = "down" | "slow";

/**
 * Keeps the key set from the stage's authorizer: a process of it that is new asks an address of the lab. Where the stage has no authorizer, there
 * is nothing to keep.
 *
 * @returns gives the key set back
 */
export async function withholdKeySet(stage: RunningStage, fault: KeySetFault): Promise<() => Promise<void>> {
  const FunctionName = stage.outputs.functions.authorizer?.functionName;
  if (FunctionName === undefined) return async () => {};
  const { lambda } = stage.clients;
  const server = createServer(() => {}).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  if (fault === "down") await close();
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const { Aliases = [] } = await lambda.send(new ListAliasesCommand({ FunctionName }));
  const setUp = async (Variables: Record<string, string>) => {
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  };
  await setUp({ ...Environment?.Variables, JWKS_URI: `http://127.0.0.1:${port}/keys` });
  const { Version: FunctionVersion } = await lambda.send(new PublishVersionCommand({ FunctionName }));
  for (const { Name } of Aliases) await lambda.send(new UpdateAliasCommand({ FunctionName, Name, FunctionVersion }));
  return async () => {
    for (const { Name, FunctionVersion: before } of Aliases) {
      await lambda.send(new UpdateAliasCommand({ FunctionName, Name, FunctionVersion: before }));
    }
    await setUp(Environment?.Variables ?? {});
    if (fault === "slow") await close();
  };
}

import { join } from "node:path";
import {
  DeleteFunctionCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  ListAliasesCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";
import { bundle } from "@palisade/functions/bundle";
import type { DefenceId } from "../defences.ts";
import { type CodePlace, codePlace } from "../signed-code.ts";
import { functionOf, type RunningStage } from "../stage.ts";
import type { Restore } from "./removal.ts";

const STAND_INS = join(import.meta.dirname, "../stand-ins");

/** The module under functions/src that is a defence, or undefined where the defence is no module. */
export function moduleOf(id: DefenceId): string | undefined {
  const [layer, name] = id.split(":");
  // Lambda's own, before a function runs.
  if (id === "function:code-signing") return undefined;
  if (layer === "function") return `shared/defences/${name}.ts`;
  if (id === "permissions:verified-token") return "shared/permissions.ts";
  if (layer === "authorizer") return `authorizer/defences/${name}.ts`;
  return undefined;
}

/** The file that stands in for a defence's module; it has the same exports. */
export function standInOf(id: DefenceId): string {
  return join(STAND_INS, `${id.slice(id.indexOf(":") + 1)}.ts`);
}

/**
 * Replaces the modules of some defences in one function: the function is built again with all the stand-ins at once, published,
 * and its aliases are moved to that version, which is what the gateway invokes.
 */
export async function replaceModules(stage: RunningStage, target: string, ids: readonly DefenceId[]): Promise<Restore> {
  const replace = Object.fromEntries(ids.map((id) => [moduleOf(id) ?? id, standInOf(id)]));
  const { functionName: FunctionName } = functionOf(stage, target);
  const { lambda } = stage.clients;
  const { Aliases = [] } = await lambda.send(new ListAliasesCommand({ FunctionName }));
  const built = await bundle(target, { replace, outDir: stage.bundleDirectory });
  const version = await publish(lambda, FunctionName, await codePlace(stage, built));
  const moved = Aliases.flatMap(({ Name, FunctionVersion }) =>
    Name && FunctionVersion ? [{ Name, FunctionVersion }] : [],
  );
  for (const { Name } of moved) {
    await lambda.send(new UpdateAliasCommand({ FunctionName, Name, FunctionVersion: version }));
  }
  return async () => {
    for (const alias of moved) await lambda.send(new UpdateAliasCommand({ FunctionName, ...alias }));
    // Ends the version's warm process too; the next attack must not find what this one left in it.
    await lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: version }));
    const original = await codePlace(stage, await bundle(target, { outDir: stage.bundleDirectory }));
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ...original }));
  };
}

async function publish(lambda: LambdaClient, FunctionName: string, code: CodePlace): Promise<string> {
  const { Version } = await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ...code, Publish: true }));
  if (Version === undefined) throw new Error(`Lambda published no version of ${FunctionName}`);
  await untilUpdated(lambda, FunctionName);
  return Version;
}

/** UpdateFunctionCode answers before the code is in place (Lambda Developer Guide, "Function states"). */
async function untilUpdated(lambda: LambdaClient, FunctionName: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const { LastUpdateStatus } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    if (LastUpdateStatus !== "InProgress") return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`the code of ${FunctionName} was not in place within 5 seconds`);
}

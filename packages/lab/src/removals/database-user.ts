import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import type { DefenceId } from "../defences.ts";
import { functionOf, type RunningStage } from "../stage.ts";

/**
 * The database user that a function connects as.
 *
 * @param id the defence that is removed, for the error
 * @throws Error when the function names none
 */
export async function databaseUserOf(stage: RunningStage, target: string, id: DefenceId): Promise<string> {
  const { functionName: FunctionName } = functionOf(stage, target);
  const { Environment } = await stage.clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const user = Environment?.Variables?.DATABASE_USER;
  if (!user || !/^\w+$/.test(user)) throw new Error(`${id}: ${target} has no DATABASE_USER`);
  return user;
}

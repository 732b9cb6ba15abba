import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { functionOf, type RunningStage } from "../stage.ts";
import type { Removal } from "./removal.ts";

/**
 * The function's database user with every privilege on the database. A connection sees it when it is opened, so that this
 * removal follows one that replaces the function's code.
 */
export const databaseGrants: Removal = {
  id: "database:grants",
  remove: async (stage, attack) => {
    const account = `'${await userOf(stage, attack.target)}'@'%'`;
    const database = `\`${stage.outputs.database.name}\`.*`;
    await stage.database.query(`GRANT ALL PRIVILEGES ON ${database} TO ${account}`);
    return async () => {
      await stage.database.query(`REVOKE ALL PRIVILEGES ON ${database} FROM ${account}`);
    };
  },
};

async function userOf(stage: RunningStage, target: string): Promise<string> {
  const { functionName: FunctionName } = functionOf(stage, target);
  const { Environment } = await stage.clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const user = Environment?.Variables?.DATABASE_USER;
  if (!user || !/^\w+$/.test(user)) throw new Error(`database:grants: ${target} has no DATABASE_USER`);
  return user;
}

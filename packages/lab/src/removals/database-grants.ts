import { databaseUserOf } from "./database-user.ts";
import type { Removal } from "./removal.ts";

/**
 * The function's database user with every privilege on the database. A connection keeps the privileges that it was opened with, so
 * that this one follows a removal that replaces the function's code, and with it the process and its connections.
 */
export const databaseGrants: Removal = {
  id: "database:grants",
  needsNewProcess: true,
  remove: async (stage, attack) => {
    const account = `'${await databaseUserOf(stage, attack.target, "database:grants")}'@'%'`;
    const database = `\`${stage.outputs.database.name}\`.*`;
    await stage.database.query(`GRANT ALL PRIVILEGES ON ${database} TO ${account}`);
    return async () => {
      await stage.database.query(`REVOKE ALL PRIVILEGES ON ${database} FROM ${account}`);
    };
  },
};

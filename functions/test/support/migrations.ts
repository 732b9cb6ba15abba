import { databaseUsers } from "../../src/migrations/schema.ts";
import type { Answers } from "./database.ts";

/** Before the grants nobody has one, afterwards each has what the schema says; with each run anew. */
function grantsOfAll() {
  let asked = 0;
  return () => {
    const user = databaseUsers[Math.floor(asked / 2) % databaseUsers.length];
    asked++;
    if (asked % 2 === 1 || user === undefined) return [];
    return user.grants.map(({ privileges, on }) => ({
      grants: `GRANT ${privileges.replace("(status)", "(`status`)")} ON \`shop\`.\`${on}\` TO \`${user.name}\`@\`%\``,
    }));
  };
}

/** What a run of the migrations says of the users where none was there before. */
export const NOBODY_ELSE = { users: 6, withdrawn: 0, dropped: 0, locked: 0 };
const PLUGIN = { Name: "AWSAuthenticationPlugin" };
/** The answers of a server on which no migration has run. */
export const server = (more: Answers = {}): Answers => ({
  "SELECT GET_LOCK": [{ held: 1 }],
  "SELECT RELEASE_LOCK": [],
  "SELECT version": [],
  "SHOW PLUGINS": [PLUGIN],
  "SELECT VERSION": [{ version: "8.0.39", account: "owner@%" }],
  "SHOW GRANTS": grantsOfAll(),
  "SELECT name": [],
  "SELECT User": [],
  CREATE: [],
  ALTER: [],
  GRANT: [],
  INSERT: 1,
  ...more,
});

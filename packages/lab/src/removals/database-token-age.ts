import type { Removal } from "./removal.ts";

/** Tokens of any age: a switch of the sandbox's database proxy. AWS has none, so that only the sandbox can show what the check is good for. */
export const databaseTokenAge: Removal = {
  id: "database:token-age",
  remove: async (stage) => {
    stage.database.judgeTokenAge(false);
    return async () => stage.database.judgeTokenAge(true);
  },
};

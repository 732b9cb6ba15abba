import { database } from "./database.ts";
import { SCHEMA } from "./schema.ts";

/** Invoked once on deploy: creates the tables. */
export async function handler(): Promise<{ created: true }> {
  await database().query(SCHEMA);
  return { created: true };
}

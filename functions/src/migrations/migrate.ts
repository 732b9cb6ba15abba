import type { Database } from "../shared/database.ts";
import { createMigrationsTable, migrations } from "./schema.ts";
import { applyUsers, type UsersResult } from "./users.ts";

/** What a run did. */
export interface MigrationResult extends UsersResult {
  /** The version that the schema has now. */
  version: number;
  /** How many steps were new. */
  applied: number;
}

const LOCK = "palisade_migrations";
const LOCK_SECONDS = 20;

/**
 * Brings the schema and the users to what `schema.ts` says. It runs again without harm, and two runs wait for each other.
 *
 * @param database connected as the master user
 * @throws Error when another run holds the lock for longer than 20 seconds; else as the database does
 */
export async function migrate(database: Database, databaseName: string): Promise<MigrationResult> {
  // Waiting for the lock takes longer than a statement may.
  const [lock] = await database.define(`SELECT GET_LOCK('${LOCK}', ${LOCK_SECONDS}) AS held`);
  if (Number(lock?.held) !== 1)
    throw new Error(`migrations: another run has held the lock for ${LOCK_SECONDS} seconds`);
  try {
    const applied = await applySchema(database);
    const users = await applyUsers(database, databaseName);
    const version = Math.max(...migrations.map((migration) => migration.version));
    return { version, applied, ...users };
  } finally {
    // The lock ends with the connection at the latest. That it could not be given back must not hide why a step failed.
    await database.rows("SELECT RELEASE_LOCK(?)", [LOCK]).catch(() => undefined);
  }
}

async function applySchema(database: Database): Promise<number> {
  await database.define(createMigrationsTable);
  const rows = await database.rows("SELECT version FROM schema_migrations", []);
  const known = new Set(rows.map((row) => Number(row.version)));
  const outstanding = migrations.filter(({ version }) => !known.has(version));
  for (const { version, title, statements } of outstanding) {
    for (const statement of statements) await database.define(statement);
    await database.change("INSERT INTO schema_migrations (version, title, applied_at) VALUES (?, ?, UTC_TIMESTAMP())", [
      version,
      title,
    ]);
  }
  return outstanding.length;
}

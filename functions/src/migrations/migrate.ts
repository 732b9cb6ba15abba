import type { Database } from "../shared/database.ts";
import { createMigrationsTable, createUserStatements, databaseUsers, grantStatements, migrations } from "./schema.ts";

/** What a run did. */
export interface MigrationResult {
  /** The version that the schema has now. */
  version: number;
  /** How many steps were new. */
  applied: number;
  /** How many users have been made or checked. */
  users: number;
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
    await applyUsers(database, databaseName);
    const version = Math.max(...migrations.map((migration) => migration.version));
    return { version, applied, users: databaseUsers.length };
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

async function applyUsers(database: Database, databaseName: string): Promise<void> {
  const plugins = await database.define("SHOW PLUGINS");
  const hasIamPlugin = plugins.some((plugin) => plugin.Name === "AWSAuthenticationPlugin");
  const [server] = await database.define("SELECT VERSION() AS version");
  const isMariaDb = String(server?.version).includes("MariaDB");
  for (const user of databaseUsers) {
    for (const statement of createUserStatements(user, hasIamPlugin, isMariaDb)) await database.define(statement);
    for (const statement of grantStatements(user, databaseName)) await database.define(statement);
  }
}

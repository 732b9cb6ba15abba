import type { Database } from "../shared/database.ts";
import { DependencyFault } from "../shared/refusal.ts";
import { expectedGrants, type Grants, isExactly, parseGrants, reaches, revokeStatements } from "./grants.ts";
import { accountOf, type DatabaseUser, databaseUsers, grantStatements, userStatements } from "./schema.ts";

/** What was done to the accounts of the server. */
export interface UsersResult {
  /** Users that have been made or checked. */
  users: number;
  /** Grants that have been withdrawn: what a user held beyond `schema.ts`. */
  withdrawn: number;
  /** Accounts that have been dropped: users that `schema.ts` no longer names, and its users' names from other hosts. */
  dropped: number;
  /** Accounts that are locked: others that could reach the schema. */
  locked: number;
}

/** The statement that creates the record of the users that were made here: without it, who was one of ours could not be told. */
export const createUsersTable = `CREATE TABLE IF NOT EXISTS schema_users (
  name VARCHAR(32) PRIMARY KEY
)`;

/**
 * Accounts that the server, RDS or Aurora makes for itself, which nobody else can log in as, or which are roles.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Security.html#AuroraMySQL.Security.PrivilegeModel
 */
const OF_THE_SERVER: ReadonlySet<string> = new Set([
  ...["root", "mysql.sys", "mysql.session", "mysql.infoschema", "mariadb.sys"],
  ...["rdsadmin", "rdsrepladmin", "rdsproxyadmin", "rdstopmgr", "rds_superuser_role"],
  ...["AWS_BEDROCK_ACCESS", "AWS_COMPREHEND_ACCESS", "AWS_LAMBDA_ACCESS", "AWS_LOAD_S3_ACCESS"],
  ...["AWS_SAGEMAKER_ACCESS", "AWS_SELECT_S3_ACCESS"],
]);

interface Account {
  user: string;
  host: string;
}

/**
 * Makes the users what `schema.ts` says, whatever they were before: how they authenticate, and exactly their grants. Who else could
 * reach the schema is shut out. Connections that are open stay so until they end.
 *
 * @throws Error when a user does not hold exactly its grants afterwards
 */
export async function applyUsers(
  database: Database,
  databaseName: string,
  wanted: readonly DatabaseUser[] = databaseUsers,
): Promise<UsersResult> {
  const plugins = await database.define("SHOW PLUGINS");
  const hasIamPlugin = plugins.some((plugin) => plugin.Name === "AWSAuthenticationPlugin");
  const [server] = await database.define("SELECT VERSION() AS version, CURRENT_USER() AS account");
  const isMariaDb = String(server?.version).includes("MariaDB");
  await database.define(createUsersTable);
  let withdrawn = 0;
  for (const user of wanted) {
    // Recorded first: of a user that was made and not recorded, nobody would know that it was one of ours.
    await database.change("INSERT IGNORE INTO schema_users (name) VALUES (?)", [user.name]);
    const made = userStatements(user, hasIamPlugin, isMariaDb);
    await run(database, made);
    withdrawn += await applyGrants(database, user, databaseName, made);
  }
  const others = await applyOthers(database, databaseName, wanted, String(server?.account));
  return { users: wanted.length, withdrawn, ...others };
}

async function run(database: Database, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await database.define(statement);
}

async function applyGrants(
  database: Database,
  user: DatabaseUser,
  databaseName: string,
  made: readonly string[],
): Promise<number> {
  const account = accountOf(user);
  const expected = expectedGrants(user, databaseName);
  const held = await grantsOf(database, account);
  if (isExactly(held, expected)) return 0;
  const revokes = revokeStatements(account, held, expected);
  await run(database, revokes).catch(async (error: unknown) => {
    if (error instanceof DependencyFault) throw error;
    // Nobody can revoke a privilege or a role that she does not hold herself. Without its account a user holds nothing.
    await run(database, [`DROP USER ${account}`, ...made]);
  });
  // What is withdrawn from a table takes the same right on its columns with it, so the grants come after.
  await run(database, grantStatements(user, databaseName));
  if (!isExactly(await grantsOf(database, account), expected)) {
    throw new Error(`migrations: the database user ${user.name} does not hold exactly its grants; see SHOW GRANTS`);
  }
  return revokes.length;
}

async function grantsOf(database: Database, account: string): Promise<Grants> {
  const rows = await database.define(`SHOW GRANTS FOR ${account}`);
  return parseGrants(rows.flatMap((row) => Object.values(row).map(String)));
}

async function applyOthers(
  database: Database,
  databaseName: string,
  wanted: readonly DatabaseUser[],
  own: string,
): Promise<{ dropped: number; locked: number }> {
  const names = new Set(wanted.map(({ name }) => name));
  const recorded = await database.rows("SELECT name FROM schema_users", []);
  const ours = new Set([...names, ...recorded.map(({ name }) => String(name))]);
  const accounts = (await database.define("SELECT User AS user, Host AS host FROM mysql.user")) as unknown as Account[];
  const result = { dropped: 0, locked: 0 };
  for (const { user, host } of accounts) {
    // A role of MariaDB has no host, and nobody logs in as a role.
    const isKept = host === "" || OF_THE_SERVER.has(user) || `${user}@${host}` === own;
    if (isKept || (names.has(user) && host === "%")) continue;
    const account = `${quote(user)}@${quote(host)}`;
    if (ours.has(user)) {
      await database.define(`DROP USER ${account}`);
      result.dropped++;
    } else if (reaches(await grantsOf(database, account), databaseName)) {
      // Somebody else's: it is not ours to delete.
      await database.define(`ALTER USER ${account} ACCOUNT LOCK`);
      result.locked++;
    }
  }
  for (const name of [...ours].filter((one) => !names.has(one))) {
    await database.change("DELETE FROM schema_users WHERE name = ?", [name]);
  }
  return result;
}

/** A text of the server's own table in a statement that cannot be prepared. */
function quote(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}

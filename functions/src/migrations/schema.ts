/**
 * The database of the example API as data: its tables, its view, and one user per function with that function's grants.
 * The statements run twice without harm; `migrate.ts` records which versions have run.
 */

/** One step of the schema. */
export interface Migration {
  /** Rises by one; recorded in `schema_migrations`. */
  version: number;
  /** What the step does, recorded with the version. */
  title: string;
  /** Each may run again without harm: MySQL commits after every statement of definition, so a step can stop half-way. */
  statements: string[];
}

/** A database user that one function connects as, with an IAM token and nothing else. */
export interface DatabaseUser {
  /** The user's name, at most 32 characters. */
  name: string;
  /** The privileges and the table or view that they are on; a privilege may name columns. */
  grants: { privileges: string; on: string }[];
}

export const migrations: readonly Migration[] = [
  {
    version: 1,
    title: "tables of the order service",
    statements: [
      `CREATE TABLE IF NOT EXISTS companies (
        id VARCHAR(36) PRIMARY KEY,
        name VARCHAR(200)
      )`,
      `CREATE TABLE IF NOT EXISTS partners (
        id VARCHAR(36) PRIMARY KEY,
        company_id VARCHAR(36),
        email VARCHAR(200),
        api_secret VARCHAR(100)
      )`,
      `CREATE TABLE IF NOT EXISTS products (
        id INT AUTO_INCREMENT PRIMARY KEY,
        sku VARCHAR(32) UNIQUE,
        name VARCHAR(200),
        price_cents INT,
        listed BOOLEAN
      )`,
      // The definer's rights: a function that may read the view needs, and has, no right on the table under it.
      `CREATE OR REPLACE SQL SECURITY DEFINER VIEW listed_products AS
        SELECT id, sku, name, price_cents FROM products WHERE listed`,
      `CREATE TABLE IF NOT EXISTS orders (
        id CHAR(36) PRIMARY KEY,
        company_id VARCHAR(36),
        placed_by VARCHAR(128),
        status VARCHAR(16),
        note VARCHAR(500),
        discount_cents INT DEFAULT 0,
        total_cents INT,
        created_at DATETIME,
        KEY orders_by_time (created_at)
      )`,
      `CREATE TABLE IF NOT EXISTS order_lines (
        order_id CHAR(36),
        sku VARCHAR(32),
        quantity INT,
        unit_price_cents INT,
        KEY lines_by_order (order_id)
      )`,
    ],
  },
];

export const databaseUsers: readonly DatabaseUser[] = [
  { name: "catalog", grants: [{ privileges: "SELECT", on: "listed_products" }] },
  {
    name: "orders",
    grants: [
      { privileges: "SELECT, INSERT, UPDATE (status)", on: "orders" },
      { privileges: "SELECT, INSERT", on: "order_lines" },
      { privileges: "SELECT", on: "listed_products" },
    ],
  },
  {
    name: "order_import",
    grants: [
      { privileges: "SELECT", on: "listed_products" },
      { privileges: "INSERT", on: "orders" },
      { privileges: "INSERT", on: "order_lines" },
    ],
  },
  {
    name: "receipt",
    grants: [
      { privileges: "SELECT", on: "orders" },
      { privileges: "SELECT", on: "order_lines" },
      { privileges: "SELECT", on: "listed_products" },
    ],
  },
  { name: "carts", grants: [{ privileges: "SELECT", on: "listed_products" }] },
  {
    name: "admin_orders",
    grants: [
      { privileges: "SELECT, UPDATE (status)", on: "orders" },
      { privileges: "SELECT", on: "order_lines" },
    ],
  },
];

/** The statement that creates the record of what has run. */
export const createMigrationsTable = `CREATE TABLE IF NOT EXISTS schema_migrations (
  version INT PRIMARY KEY,
  title VARCHAR(200) NOT NULL,
  applied_at DATETIME NOT NULL
)`;

/** A user's account, as statements name it. From other hosts nobody of that name is let in. */
export function accountOf(user: Pick<DatabaseUser, "name">): string {
  return `'${user.name}'@'%'`;
}

/**
 * The statements that create a user, and make an existing one what it must be: whatever it authenticated with before, a password
 * included, no longer opens it.
 *
 * On RDS and Aurora the user authenticates with an IAM token (the plugin `AWSAuthenticationPlugin`) and only over TLS
 * (AWS, Aurora User Guide, "Creating a database account using IAM authentication"). A server without the plugin, such as
 * the sandbox's MariaDB, gets an account that no password opens, because no password hashes to the text stored for it: the
 * sandbox's proxy, which checks the token, gives the account the authentication that the proxy itself uses.
 *
 * @param hasIamPlugin whether `SHOW PLUGINS` lists `AWSAuthenticationPlugin`
 * @param isMariaDb whether the server is MariaDB, whose syntax for a plugin differs from MySQL's
 */
export function userStatements(user: DatabaseUser, hasIamPlugin: boolean, isMariaDb: boolean): string[] {
  const account = accountOf(user);
  const identified = identification(hasIamPlugin, isMariaDb);
  // RDS refuses a token without TLS in any case; the proxy of the sandbox reaches MariaDB by a socket.
  const tls = hasIamPlugin ? " REQUIRE SSL" : "";
  return [
    `CREATE USER IF NOT EXISTS ${account} ${identified}`,
    `ALTER USER ${account} ${identified}${tls} ACCOUNT UNLOCK`,
  ];
}

function identification(hasIamPlugin: boolean, isMariaDb: boolean): string {
  if (hasIamPlugin) return "IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS'";
  return isMariaDb
    ? "IDENTIFIED VIA mysql_native_password USING 'invalid'"
    : "IDENTIFIED WITH caching_sha2_password BY RANDOM PASSWORD";
}

/** The statements that give a user its grants on the tables of a database, which must exist. */
export function grantStatements(user: DatabaseUser, databaseName: string): string[] {
  return user.grants.map(
    (grant) => `GRANT ${grant.privileges} ON \`${databaseName}\`.\`${grant.on}\` TO ${accountOf(user)}`,
  );
}

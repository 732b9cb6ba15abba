/** The migrations on a real MariaDB: what they leave on a server that somebody has changed by hand. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { migrate } from "@palisade/functions/src/migrations/migrate";
import { databaseUsers } from "@palisade/functions/src/migrations/schema";
import { applyUsers } from "@palisade/functions/src/migrations/users";
import {
  connectDatabase,
  connectionOptions,
  type Database,
  openConnection,
} from "@palisade/functions/src/shared/database";
import { type Connection, createConnection, type RowDataPacket } from "mysql2/promise";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createServerCertificate } from "../../src/database/certificate.ts";
import { type DatabaseServer, startDatabaseServer } from "../../src/database/index.ts";
import { labDirectory } from "../../src/paths.ts";

const MASTER = { masterUsername: "keeper", masterPassword: "a-master-password" };

let directory: string;
let server: DatabaseServer;
let admin: Connection;
let database: Database;

beforeAll(async () => {
  await mkdir(labDirectory, { recursive: true });
  directory = await mkdtemp(join(labDirectory, "test-migrations-"));
  server = await startDatabaseServer({ directory, clusterIdentifier: "shop", databaseName: "palisade", ...MASTER });
  admin = await server.adminConnection();
  const place = { host: "localhost", port: server.port, name: "palisade", user: "keeper", ca: server.caPem };
  database = connectDatabase(place, {
    // Without IAM the proxy passes passwords on; the certificate names 127.0.0.1.
    connect: (options) => openConnection({ ...options, host: "127.0.0.1" }),
    password: async () => MASTER.masterPassword,
    now: () => performance.now(),
  });
  await admin.query(`
    CREATE DATABASE other;
    CREATE TABLE other.notes (id INT);
    CREATE USER 'orders'@'%' IDENTIFIED BY 'hunter2';
    GRANT ALL PRIVILEGES ON *.* TO 'orders'@'%' WITH GRANT OPTION;
    CREATE USER 'catalog'@'%' IDENTIFIED BY 'hunter2' ACCOUNT LOCK;
    GRANT SELECT ON other.* TO 'catalog'@'%';
    CREATE USER 'receipt'@'localhost' IDENTIFIED BY 'hunter2';
    GRANT ALL PRIVILEGES ON palisade.* TO 'receipt'@'localhost';
    CREATE USER 'analyst'@'%' IDENTIFIED BY 'hunter2';
    GRANT SELECT ON \`pal%\`.* TO 'analyst'@'%';
    CREATE USER 'elsewhere'@'%' IDENTIFIED BY 'hunter2';
    GRANT SELECT ON other.* TO 'elsewhere'@'%';`);
}, 120_000);

afterAll(async () => {
  await admin?.end();
  await server?.stop();
  if (directory) await rm(directory, { recursive: true, force: true });
});

async function grantsOf(user: string): Promise<string[]> {
  const [rows] = await admin.query<RowDataPacket[]>("SHOW GRANTS FOR ?@'%'", [user]);
  return rows.map((row) => String(Object.values(row)[0]).replace(/ IDENTIFIED .*/, ""));
}

async function accounts(): Promise<string[]> {
  const [rows] = await admin.query<RowDataPacket[]>("SELECT User, Host FROM mysql.user ORDER BY User, Host");
  return rows.map(({ User, Host }) => `${User}@${Host}`);
}

function logIn(user: string): Promise<Connection> {
  return createConnection({ host: "127.0.0.1", port: server.port, user, password: "hunter2" });
}

test("users that were there before become what the schema says, and nobody else gets in", async () => {
  await (await logIn("orders")).end();

  expect(await migrate(database, "palisade")).toEqual({
    version: 1,
    applied: 1,
    users: databaseUsers.length,
    withdrawn: 3,
    dropped: 1,
    locked: 1,
  });

  expect((await grantsOf("orders")).sort()).toEqual([
    "GRANT SELECT ON `palisade`.`listed_products` TO `orders`@`%`",
    "GRANT SELECT, INSERT ON `palisade`.`order_lines` TO `orders`@`%`",
    "GRANT SELECT, INSERT, UPDATE (`status`) ON `palisade`.`orders` TO `orders`@`%`",
    "GRANT USAGE ON *.* TO `orders`@`%`",
  ]);
  expect(await grantsOf("catalog")).toEqual([
    "GRANT USAGE ON *.* TO `catalog`@`%`",
    "GRANT SELECT ON `palisade`.`listed_products` TO `catalog`@`%`",
  ]);
  expect(await accounts()).not.toContain("receipt@localhost");
  for (const user of ["orders", "catalog", "receipt", "analyst"]) {
    await expect(logIn(user)).rejects.toThrow(/Access denied|account is locked/i);
  }
  await (await logIn("elsewhere")).end();
}, 60_000);

test("a second run changes nothing", async () => {
  expect(await migrate(database, "palisade")).toEqual({
    version: 1,
    applied: 0,
    users: databaseUsers.length,
    withdrawn: 0,
    dropped: 0,
    // Still shut out, and still somebody else's to delete.
    locked: 1,
  });
}, 60_000);

test("a grant that the schema no longer has is withdrawn, and a user that it no longer has is dropped", async () => {
  await admin.query("GRANT SELECT, UPDATE, DELETE ON palisade.orders TO 'orders'@'%'");
  await admin.query("GRANT SELECT (api_secret) ON palisade.partners TO 'orders'@'%'");
  await admin.query("CREATE ROLE reader; GRANT SELECT ON palisade.* TO reader; GRANT reader TO 'carts'@'%'");
  const wanted = databaseUsers.filter(({ name }) => name !== "admin_orders");

  expect(await applyUsers(database, "palisade", wanted)).toEqual({ users: 5, withdrawn: 4, dropped: 1, locked: 1 });

  expect(await grantsOf("orders")).toContain(
    "GRANT SELECT, INSERT, UPDATE (`status`) ON `palisade`.`orders` TO `orders`@`%`",
  );
  expect((await grantsOf("orders")).join()).not.toContain("partners");
  expect(await grantsOf("carts")).toHaveLength(2);
  expect(await accounts()).not.toContain("admin_orders@%");
  expect(await applyUsers(database, "palisade")).toMatchObject({ users: 6, withdrawn: 0, dropped: 0 });
}, 60_000);

test("the functions' connection checks whose certificate it is, not only who signed it", async () => {
  const place = { host: "127.0.0.1", port: server.port, name: "palisade", user: "keeper", ca: server.caPem };
  const options = connectionOptions(place, MASTER.masterPassword);
  // The server at another name, which its certificate does not have: a database of somebody else's at the same authority.
  const impostor = { ...options, host: "database.example", stream: () => connect(server.port, "127.0.0.1") };
  const unchecked = { ...(options.ssl as object), verifyIdentity: false };

  (await openConnection(options)).destroy();
  await expect(openConnection(impostor)).rejects.toThrow(/does not match certificate's altnames/);
  // It is that check, and nothing else, that refuses.
  (await openConnection({ ...impostor, ssl: unchecked })).destroy();
  // And an authority of somebody else's is refused, whatever the name.
  const stranger = { ...(options.ssl as object), ca: (await createServerCertificate()).caPem };
  await expect(openConnection({ ...options, ssl: stranger })).rejects.toThrow(/certificate/);
});

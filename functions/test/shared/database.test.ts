import type { ConnectionOptions } from "mysql2/promise";
import { beforeEach, describe, expect, test } from "vitest";
import {
  connectDatabase,
  connectionOptions,
  createDatabase,
  type Database,
  type DriverConnection,
  openConnection,
  readDatabaseEnvironment,
  readDatabasePlace,
} from "../../src/shared/database.ts";
import { Refusal } from "../../src/shared/refusal.ts";

const place = { host: "db.internal", port: 3306, name: "shop", user: "orders", ca: "PEM" };
const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

let clock: number;
let log: string[];
let opened: ConnectionOptions[];
let fail: Record<string, unknown>;
let listener: ((error: Error) => void) | undefined;
let database: Database;

beforeEach(() => {
  clock = 0;
  log = [];
  opened = [];
  fail = {};
  listener = undefined;
  let passwords = 0;
  database = connectDatabase(place, {
    connect: async (options) => {
      opened.push(options);
      return fakeConnection();
    },
    password: async () => `token-${++passwords}`,
    now: () => clock,
  });
});

function fakeConnection(): DriverConnection {
  const act = async (name: string): Promise<void> => {
    log.push(name);
    if (name in fail) throw fail[name];
  };
  return {
    async execute({ sql, values, timeout }) {
      await act(`execute ${sql} ${JSON.stringify(values)} ${timeout}`);
      return [sql.startsWith("UPDATE") ? { affectedRows: 1 } : sql.startsWith("SET") ? {} : [{ id: 1 }], undefined];
    },
    async query({ sql }) {
      await act(`query ${sql}`);
      return [[{ Name: "x" }], undefined];
    },
    beginTransaction: () => act("begin"),
    commit: () => act("commit"),
    rollback: () => act("rollback"),
    ping: () => act("ping"),
    destroy: () => void log.push("destroy"),
    on: (_event, added) => {
      listener = added;
    },
  };
}

const SESSION = "query SET SESSION sql_mode = 'TRADITIONAL', time_zone = '+00:00'";
const SELECT = "execute SELECT ? [1] 5000";
const select = () => database.rows("SELECT ?", [1]);

describe("a database", () => {
  test("opens one connection, strict and in UTC, and keeps it", async () => {
    expect(await select()).toEqual([{ id: 1 }]);
    expect(await database.change("UPDATE orders SET status = ?", ["shipped"])).toBe(1);
    expect(await database.change("SET x = ?", [1])).toBe(0);
    expect(await database.define("SHOW PLUGINS")).toEqual([{ Name: "x" }]);
    expect(log).toEqual([
      SESSION,
      SELECT,
      'execute UPDATE orders SET status = ? ["shipped"] 5000',
      "execute SET x = ? [1] 5000",
      "query SHOW PLUGINS",
    ]);
    expect(opened).toHaveLength(1);
  });

  test("asks after a pause whether the connection lives, and opens another with a new token when it does not", async () => {
    await select();
    clock = 15_000;
    await select();
    clock = 30_001;
    await select();
    fail = { ping: new Error("gone") };
    clock = 60_000;
    await select();
    expect(log).toEqual([SESSION, SELECT, SELECT, "ping", SELECT, "ping", "destroy", SESSION, SELECT]);
    expect(opened.map(({ password }) => password)).toEqual(["token-1", "token-2"]);
  });

  test("opens another when the connection reports an error between two requests", async () => {
    await select();
    listener?.(new Error("the server has gone away"));
    await select();
    expect(opened).toHaveLength(2);
  });

  test.each([
    ["the driver's own error", { code: "PROTOCOL_SEQUENCE_TIMEOUT" }, 2],
    ["an error of the system", { code: "ECONNRESET", errno: -104 }, 2],
    ["a fatal error of the server", { code: "ER_X", errno: 1053, fatal: true }, 2],
    ["an answer of the server", { code: "ER_PARSE_ERROR", errno: 1064 }, 1],
  ])("after %s", async (_what, error, connections) => {
    await select();
    fail = { [SELECT]: error };
    await expect(select()).rejects.toBe(error);
    fail = {};
    await select();
    expect(opened).toHaveLength(connections);
  });

  test("turns the server's refusals into refusals", async () => {
    fail = { [SELECT]: { code: "ER_TABLEACCESS_DENIED_ERROR", errno: 1142 } };
    await expect(select()).rejects.toMatchObject({ layer: "database", defence: "grants" });
    await expect(select()).rejects.toBeInstanceOf(Refusal);
  });

  test("sends no second statement, prepared or not", async () => {
    await expect(database.rows("SELECT 1; SELECT 2", [])).rejects.toMatchObject({ defence: "single-statement" });
    await expect(database.define("SELECT 1; SELECT 2")).rejects.toMatchObject({ defence: "single-statement" });
    expect(log).toEqual([SESSION]);
  });

  test("commits a transaction whose work is done", async () => {
    const result = await database.transaction(async (statements) => (await statements.rows("SELECT ?", [1])).length);
    expect(result).toBe(1);
    expect(log).toEqual([SESSION, "begin", SELECT, "commit"]);
  });

  test("rolls a transaction back whose work fails", async () => {
    const work = database.transaction(async () => {
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(log).toEqual([SESSION, "begin", "rollback"]);
  });

  test("drops a connection that cannot be rolled back", async () => {
    fail = { rollback: new Error("gone"), commit: { errno: 1406 } };
    await expect(database.transaction(async () => 1)).rejects.toMatchObject({ defence: "column" });
    expect(log).toEqual([SESSION, "begin", "commit", "rollback", "destroy"]);
  });
});

test("a connection is over TLS to a server that proves its name, and takes one statement at a time", () => {
  expect(connectionOptions(place, "token")).toEqual({
    host: "db.internal",
    port: 3306,
    database: "shop",
    user: "orders",
    password: "token",
    ssl: { ca: "PEM", minVersion: "TLSv1.2", rejectUnauthorized: true, verifyIdentity: true },
    multipleStatements: false,
    enableCleartextPlugin: true,
    connectTimeout: 5000,
    charset: "utf8mb4",
    dateStrings: true,
    disableEval: true,
  });
});

describe("the environment", () => {
  const environment = {
    DATABASE_HOST: "db.internal",
    DATABASE_PORT: "3306",
    DATABASE_NAME: "shop",
    DATABASE_CA: PEM,
  };

  test("says where the database is, who connects and whose certificates are trusted", () => {
    expect(readDatabaseEnvironment("orders", { ...environment, DATABASE_USER: "orders" })).toEqual({
      host: "db.internal",
      port: 3306,
      name: "shop",
      user: "orders",
      ca: PEM,
    });
    const { ca } = readDatabasePlace("orders", { ...environment, DATABASE_CA: "rds" });
    expect(ca.length).toBeGreaterThan(50);
    expect(ca).toEqual(expect.arrayContaining([expect.stringContaining("-----BEGIN CERTIFICATE-----")]));
  });

  test("is refused where it is incomplete", () => {
    expect(() => readDatabaseEnvironment("orders", environment)).toThrow(
      "orders: environment: DATABASE_USER is not set; set it to the function's database user",
    );
    expect(() => readDatabasePlace("orders", { DATABASE_PORT: "x", DATABASE_HOST: "a b" })).toThrow(
      "orders: environment: DATABASE_HOST is not the cluster's host name; DATABASE_PORT is not the cluster's port; " +
        "DATABASE_NAME is not set; set it to the database's name; DATABASE_CA is not set; set it to rds, for the " +
        "certificates of RDS, or the certificates in PEM",
    );
  });
});

test("the default edges connect with the driver", async () => {
  const environment = {
    DATABASE_HOST: "127.0.0.1",
    DATABASE_PORT: "1",
    DATABASE_NAME: "shop",
    DATABASE_USER: "orders",
    DATABASE_CA: PEM,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "AKIA",
    AWS_SECRET_ACCESS_KEY: "secret",
  };
  await expect(createDatabase("orders", environment).rows("SELECT 1", [])).rejects.toMatchObject({
    code: "ECONNREFUSED",
  });
  await expect(openConnection({ host: "127.0.0.1", port: 1 })).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

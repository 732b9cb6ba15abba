import type { ConnectionOptions } from "mysql2/promise";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
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
import { duringInvocation } from "../../src/shared/invocation.ts";
import { DependencyFault, Refusal } from "../../src/shared/refusal.ts";

const place = { host: "db.internal", port: 3306, name: "shop", user: "orders", ca: "PEM" };
const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

let clock: number;
let log: string[];
let opened: ConnectionOptions[];
let fail: Record<string, unknown>;
let listener: ((error: Error) => void) | undefined;
let database: Database;
/** What never answers. */
let silent: Set<string>;

beforeEach(() => {
  clock = 0;
  log = [];
  opened = [];
  fail = {};
  silent = new Set();
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
    if (silent.has(name)) await new Promise(() => {});
    if (name in fail) throw fail[name];
  };
  return {
    async execute(sql, values) {
      await act(`execute ${sql} ${JSON.stringify(values)}`);
      return [sql.startsWith("UPDATE") ? { affectedRows: 1 } : sql.startsWith("SET") ? {} : [{ id: 1 }], undefined];
    },
    async query(sql) {
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
const SELECT = "execute SELECT ? [1]";
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
      'execute UPDATE orders SET status = ? ["shipped"]',
      "execute SET x = ? [1]",
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
    clock = 60_001;
    await select();
    expect(log).toEqual([SESSION, SELECT, SELECT, "ping", SELECT, "ping", "destroy", SESSION, SELECT, SELECT]);
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
    const thrown: unknown = await select().catch((reason: unknown) => reason);
    if (connections === 1) expect(thrown).toBe(error);
    else {
      expect(thrown).toBeInstanceOf(DependencyFault);
      expect(thrown).toMatchObject({ dependency: "database", cause: error });
    }
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

  test("does not ask a lost connection to roll back", async () => {
    fail = { [SELECT]: { code: "PROTOCOL_CONNECTION_LOST" } };
    const work = database.transaction((statements) => statements.rows("SELECT ?", [1]));
    await expect(work).rejects.toBeInstanceOf(DependencyFault);
    expect(log).toEqual([SESSION, "begin", SELECT, "destroy"]);
  });

  test("drops a connection that could not be made strict, and makes the next one strict", async () => {
    fail = { [SESSION]: { code: "ER_WRONG_VALUE_FOR_VAR", errno: 1231 } };
    await expect(select()).rejects.toBe(fail[SESSION]);
    fail = {};
    await select();
    expect(log).toEqual([SESSION, "destroy", SESSION, SELECT]);
  });

  test("drops a connection that cannot be rolled back", async () => {
    fail = { rollback: new Error("gone"), commit: { errno: 1406 } };
    await expect(database.transaction(async () => 1)).rejects.toMatchObject({ defence: "column" });
    expect(log).toEqual([SESSION, "begin", "commit", "rollback", "destroy"]);
  });
});

describe("time", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test.each([
    ["the session", SESSION, () => select(), 5000],
    ["a statement", SELECT, () => select(), 5000],
    ["the begin of a transaction", "begin", () => database.transaction(async () => 1), 5000],
    ["its end", "commit", () => database.transaction(async () => 1), 5000],
    ["a statement of definition", "query SHOW PLUGINS", () => database.define("SHOW PLUGINS"), 900_000],
  ])("does not wait forever for %s", async (_what, step, work, milliseconds) => {
    silent.add(step);
    let thrown: unknown;
    work().catch((reason: unknown) => {
      thrown = reason;
    });
    await vi.advanceTimersByTimeAsync(milliseconds - 1);
    expect(thrown).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(thrown).toMatchObject({ dependency: "database", cause: { code: "ETIMEDOUT" } });
    expect(log.at(-1)).toBe("destroy");
  });

  test("waits a second for a connection that may have been lost, then opens another", async () => {
    await select();
    clock = 60_000;
    silent.add("ping");
    const rows = select();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await rows).toEqual([{ id: 1 }]);
    expect(log).toEqual([SESSION, SELECT, "ping", "destroy", SESSION, SELECT]);
  });

  test("waits five seconds for a transaction to be rolled back, then drops the connection", async () => {
    silent.add("rollback");
    const work = database.transaction(async () => {
      throw new Error("no");
    });
    const rejected = expect(work).rejects.toThrow("no");
    await vi.advanceTimersByTimeAsync(5000);
    await rejected;
    expect(log.at(-1)).toBe("destroy");
  });

  test.each([
    ["what is left of the invocation but for the work", 28_000, 25_000],
    ["a minute, of a long one", 900_000, 60_000],
    ["the least, of one that is almost over", 3050, 100],
  ])("a connection has %s", async (_what, remaining, milliseconds) => {
    await duringInvocation({ getRemainingTimeInMillis: () => remaining }, select);
    expect(opened[0]?.connectTimeout).toBe(milliseconds);
  });

  test("a statement has what is left of the invocation but for the answer", async () => {
    silent.add(SELECT);
    let thrown: unknown;
    duringInvocation({ getRemainingTimeInMillis: () => 2000 }, select).catch((reason: unknown) => {
      thrown = reason;
    });
    await vi.advanceTimersByTimeAsync(1500);
    expect(thrown).toBeInstanceOf(DependencyFault);
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
    connectTimeout: 60_000,
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

  test.each([
    ["DATABASE_PORT", "the cluster's port", ["x3306", "3306x", "123456"]],
    ["DATABASE_NAME", "the database's name", ["/shop", "shop/"]],
    [
      "DATABASE_CA",
      "rds, for the certificates of RDS, or the certificates in PEM",
      ["ords", "rds,", `x${PEM}`, `${PEM}x`],
    ],
  ] as const)("is refused where %s is not %s", (name, form, values) => {
    expect(readDatabasePlace("orders", { ...environment, DATABASE_CA: `${PEM}\n\n` }).ca).toBe(`${PEM}\n\n`);
    for (const value of values) {
      expect(() => readDatabasePlace("orders", { ...environment, [name]: value }), value).toThrow(
        new Error(`orders: environment: ${name} is not ${form}`),
      );
    }
  });

  test.each(["Orders", "orders;", "o".repeat(33)])("is refused where the user is %j", (DATABASE_USER) => {
    expect(() => readDatabaseEnvironment("orders", { ...environment, DATABASE_USER })).toThrow(
      new Error("orders: environment: DATABASE_USER is not the function's database user"),
    );
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
    dependency: "database",
    cause: { code: "ECONNREFUSED" },
  });
  await expect(openConnection({ host: "127.0.0.1", port: 1 })).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

import { describe, expect, test } from "vitest";
import { userStatements } from "../../src/migrations/schema.ts";
import { applyUsers, createUsersTable } from "../../src/migrations/users.ts";
import { DependencyFault } from "../../src/shared/refusal.ts";
import { type Answers, fakeDatabase } from "../support/database.ts";

const CARTS = { name: "carts", grants: [{ privileges: "SELECT", on: "listed_products" }] };
const EXACT = [{ grants: "GRANT SELECT ON `shop`.`listed_products` TO `carts`@`%`" }];

/** Answers each time with the next, and with the last from then on. */
function inTurn<T>(...answers: T[]): () => T {
  return () => (answers.length > 1 ? answers.shift() : answers[0]) as T;
}

const server = (more: Answers = {}): Answers => ({
  ...more,
  "SHOW PLUGINS": more["SHOW PLUGINS"] ?? [{ Name: "AWSAuthenticationPlugin" }],
  "SELECT VERSION": more["SELECT VERSION"] ?? [{ version: "8.0.39", account: "owner@%" }],
  "SHOW GRANTS": more["SHOW GRANTS"] ?? EXACT,
  "SELECT name": more["SELECT name"] ?? [{ name: "carts" }],
  "SELECT User": more["SELECT User"] ?? [],
  CREATE: [],
  ALTER: [],
  GRANT: [],
  DROP: [],
  REVOKE: more.REVOKE ?? [],
  INSERT: 1,
  DELETE: 1,
});
const sentBy = async (answers: Answers) => {
  const database = fakeDatabase(server(answers));
  const result = await applyUsers(database, "shop", [CARTS]);
  return { result, sent: database.sent.map(({ sql }) => sql) };
};

describe("how a user authenticates", () => {
  test.each([
    ["RDS", true, false, "IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS'", " REQUIRE SSL"],
    ["MariaDB", false, true, "IDENTIFIED VIA mysql_native_password USING 'invalid'", ""],
    ["MySQL", false, false, "IDENTIFIED WITH caching_sha2_password BY RANDOM PASSWORD", ""],
  ])("is set on %s whether or not the user was there", (_what, hasIamPlugin, isMariaDb, how, tls) => {
    expect(userStatements(CARTS, hasIamPlugin, isMariaDb)).toEqual([
      `CREATE USER IF NOT EXISTS 'carts'@'%' ${how}`,
      `ALTER USER 'carts'@'%' ${how}${tls} ACCOUNT UNLOCK`,
    ]);
  });

  test.each([
    ["RDS", [{ Name: "AWSAuthenticationPlugin" }], "8.0.39", "AWSAuthenticationPlugin"],
    ["MariaDB", [{ Name: "unix_socket" }], "10.11.6-MariaDB-log", "mysql_native_password"],
    ["MySQL", [], "8.4.0", "caching_sha2_password"],
  ])("is %s's own way", async (_what, plugins, version, how) => {
    const { sent } = await sentBy({ "SHOW PLUGINS": plugins, "SELECT VERSION": [{ version, account: "owner@%" }] });
    expect(sent.filter((sql) => sql.startsWith("CREATE USER"))).toEqual([expect.stringContaining(how)]);
  });
});

describe("applyUsers", () => {
  test("records a user before it makes it, and leaves alone what is as it must be", async () => {
    const { result, sent } = await sentBy({});
    expect(result).toEqual({ users: 1, withdrawn: 0, dropped: 0, locked: 0 });
    expect(sent.slice(2, 5)).toEqual([
      createUsersTable,
      "INSERT IGNORE INTO schema_users (name) VALUES (?)",
      "CREATE USER IF NOT EXISTS 'carts'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS'",
    ]);
    expect(sent.filter((sql) => /^(GRANT|REVOKE|DROP|DELETE)/.test(sql))).toEqual([]);
  });

  test("records and forgets users by their names", async () => {
    const database = fakeDatabase(server({ "SELECT name": [{ name: "carts" }, { name: "gone" }] }));
    await applyUsers(database, "shop", [CARTS]);
    expect(database.sent.filter(({ sql }) => sql.includes("(?)") || sql.startsWith("DELETE"))).toEqual([
      { sql: "INSERT IGNORE INTO schema_users (name) VALUES (?)", values: ["carts"] },
      { sql: "DELETE FROM schema_users WHERE name = ?", values: ["gone"] },
    ]);
  });

  test("withdraws what is extra before it grants, and looks again", async () => {
    const more = [...EXACT, { grants: "GRANT ALL PRIVILEGES ON `shop`.* TO `carts`@`%`" }];
    const { result, sent } = await sentBy({ "SHOW GRANTS": inTurn(more, EXACT) });
    expect(result.withdrawn).toBe(1);
    expect(sent.slice(6, 10)).toEqual([
      "SHOW GRANTS FOR 'carts'@'%'",
      "REVOKE ALL PRIVILEGES ON `shop`.* FROM 'carts'@'%'",
      "GRANT SELECT ON `shop`.`listed_products` TO 'carts'@'%'",
      "SHOW GRANTS FOR 'carts'@'%'",
    ]);
  });

  test("makes a user anew from which the server lets nobody withdraw", async () => {
    const more = [{ grants: "GRANT ALL PRIVILEGES ON *.* TO `carts`@`%`" }];
    const { sent } = await sentBy({ "SHOW GRANTS": inTurn(more, EXACT), REVOKE: new Error("Access denied") });
    expect(sent.slice(7, 11)).toEqual([
      "REVOKE ALL PRIVILEGES ON *.* FROM 'carts'@'%'",
      "DROP USER 'carts'@'%'",
      "CREATE USER IF NOT EXISTS 'carts'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS'",
      "ALTER USER 'carts'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL ACCOUNT UNLOCK",
    ]);
  });

  test("drops nobody because the server did not answer", async () => {
    const fault = new DependencyFault("database", new Error("lost"));
    const database = fakeDatabase(server({ "SHOW GRANTS": [{ grants: "GRANT `r` TO `carts`@`%`" }], REVOKE: fault }));
    await expect(applyUsers(database, "shop", [CARTS])).rejects.toBe(fault);
    expect(database.sent.some(({ sql }) => sql.startsWith("DROP"))).toBe(false);
  });

  test("fails when a user still holds something else", async () => {
    const more = [{ grants: "GRANT SELECT ON *.* TO `carts`@`%`" }];
    await expect(sentBy({ "SHOW GRANTS": more })).rejects.toThrow(
      new Error("migrations: the database user carts does not hold exactly its grants; see SHOW GRANTS"),
    );
  });

  test("shuts out who else could reach the schema: ours are dropped, others locked, the server's own left alone", async () => {
    const everything = [{ grants: "GRANT SELECT ON *.* TO `x`@`%`" }];
    const users = [
      ...[
        { user: "carts", host: "%" },
        { user: "carts", host: "10.%" },
        { user: "old", host: "%" },
      ],
      ...[
        { user: "it's\\", host: "%" },
        { user: "owner", host: "%" },
        { user: "owner", host: "10.%" },
      ],
      ...[
        { user: "root", host: "localhost" },
        { user: "rdsadmin", host: "localhost" },
        { user: "a_role", host: "" },
      ],
    ];
    const { result, sent } = await sentBy({
      "SELECT User": users,
      "SELECT name": [{ name: "carts" }, { name: "old" }],
      "SHOW GRANTS FOR 'carts'": EXACT,
      "SHOW GRANTS": everything,
    });
    expect(result).toEqual({ users: 1, withdrawn: 0, dropped: 2, locked: 2 });
    expect(sent.filter((sql) => /^DROP|LOCK$/.test(sql) && !sql.endsWith("UNLOCK"))).toEqual([
      "DROP USER 'carts'@'10.%'",
      "DROP USER 'old'@'%'",
      "ALTER USER 'it\\'s\\\\'@'%' ACCOUNT LOCK",
      "ALTER USER 'owner'@'10.%' ACCOUNT LOCK",
    ]);
    expect(sent.at(-1)).toBe("DELETE FROM schema_users WHERE name = ?");
  });

  test("leaves alone who cannot reach the schema", async () => {
    const { result } = await sentBy({
      "SELECT User": [{ user: "other", host: "%" }],
      "SHOW GRANTS FOR 'other'": [{ grants: "GRANT SELECT ON `other`.* TO `other`@`%`" }],
    });
    expect(result.locked).toBe(0);
  });
});

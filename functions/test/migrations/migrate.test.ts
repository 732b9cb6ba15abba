import { describe, expect, test } from "vitest";
import { migrate } from "../../src/migrations/migrate.ts";
import { createMigrationsTable, databaseUsers, grantStatements, migrations } from "../../src/migrations/schema.ts";
import { fakeDatabase } from "../support/database.ts";
import { NOBODY_ELSE, server } from "../support/migrations.ts";

describe("migrate", () => {
  test("applies every step, then every user with its grants, under a lock", async () => {
    const database = fakeDatabase(server());
    expect(await migrate(database, "shop")).toEqual({ version: 1, applied: 1, ...NOBODY_ELSE });
    const sent = database.sent.map(({ sql }) => sql);
    expect(sent[0]).toBe("SELECT GET_LOCK('palisade_migrations', 20) AS held");
    expect(sent[1]).toBe(createMigrationsTable);
    const step = migrations[0]?.statements ?? [];
    expect(sent.slice(3, 3 + step.length)).toEqual(step);
    expect(database.sent[3 + step.length]).toEqual({
      sql: "INSERT INTO schema_migrations (version, title, applied_at) VALUES (?, ?, UTC_TIMESTAMP())",
      values: [1, "tables of the order service"],
    });
    expect(sent.filter((sql) => sql.startsWith("GRANT"))).toEqual(
      databaseUsers.flatMap((user) => grantStatements(user, "shop")),
    );
    expect(database.sent.at(-1)).toEqual({ sql: "SELECT RELEASE_LOCK(?)", values: ["palisade_migrations"] });
  });

  test("applies no step twice", async () => {
    const database = fakeDatabase(server({ "SELECT version": [{ version: 1 }] }));
    expect(await migrate(database, "shop")).toEqual({ version: 1, applied: 0, ...NOBODY_ELSE });
    expect(database.sent.some(({ sql }) => sql.startsWith("CREATE TABLE IF NOT EXISTS orders"))).toBe(false);
    expect(database.sent.some(({ sql }) => sql.startsWith("INSERT INTO"))).toBe(false);
  });

  test("gives the lock back when a step fails, and does not record the step", async () => {
    const database = fakeDatabase({ "CREATE TABLE IF NOT EXISTS orders": new Error("disk full"), ...server() });
    await expect(migrate(database, "shop")).rejects.toThrow("disk full");
    expect(database.sent.at(-1)?.sql).toBe("SELECT RELEASE_LOCK(?)");
    expect(database.sent.some(({ sql }) => sql.startsWith("INSERT"))).toBe(false);
  });

  test("says why a step failed, even when the lock cannot be given back", async () => {
    const answers = server({ "SELECT RELEASE_LOCK": new Error("the connection is lost") });
    const database = fakeDatabase({ "CREATE TABLE IF NOT EXISTS orders": new Error("disk full"), ...answers });
    await expect(migrate(database, "shop")).rejects.toThrow("disk full");
  });

  test.each([[[{ held: 0 }]], [[]]])("does nothing without the lock", async (lock) => {
    const database = fakeDatabase(server({ "SELECT GET_LOCK": lock }));
    await expect(migrate(database, "shop")).rejects.toThrow(
      new Error("migrations: another run has held the lock for 20 seconds"),
    );
    expect(database.sent).toHaveLength(1);
  });
});

describe("the schema", () => {
  test("versions rise by one, and no statement is two", () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
    for (const { statements } of migrations) for (const statement of statements) expect(statement).not.toContain(";");
  });

  test("no function's user has more than its grants", () => {
    expect(
      Object.fromEntries(
        databaseUsers.map((user) => [user.name, user.grants.map(({ privileges, on }) => `${privileges} ON ${on}`)]),
      ),
    ).toEqual({
      catalog: ["SELECT ON listed_products"],
      orders: [
        "SELECT, INSERT, UPDATE (status) ON orders",
        "SELECT, INSERT ON order_lines",
        "SELECT ON listed_products",
      ],
      order_import: ["SELECT ON listed_products", "INSERT ON orders", "INSERT ON order_lines"],
      receipt: ["SELECT ON orders", "SELECT ON order_lines", "SELECT ON listed_products"],
      carts: ["SELECT ON listed_products"],
      admin_orders: ["SELECT, UPDATE (status) ON orders", "SELECT ON order_lines"],
    });
  });

  test("a grant names the database", () => {
    expect(
      grantStatements({ name: "carts", grants: [{ privileges: "SELECT", on: "listed_products" }] }, "shop"),
    ).toEqual(["GRANT SELECT ON `shop`.`listed_products` TO 'carts'@'%'"]);
  });
});

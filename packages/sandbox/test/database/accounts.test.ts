import type { Connection } from "mysql2/promise";
import { expect, it } from "vitest";
import { Accounts } from "../../src/database/accounts.ts";

it("sets one password for all accounts of a user, and asks again after a failure", async () => {
  const statements: unknown[][] = [];
  let fail = true;
  const accounts = new Accounts(async () => {
    if (fail) throw new Error("gone");
    const query = async (sql: string, values: unknown[]) => {
      statements.push([sql.split(" ")[0], ...values]);
      return [[{ Host: "%" }, { Host: "10.%" }]];
    };
    return { query } as unknown as Connection;
  });
  await expect(accounts.password("me")).rejects.toThrow("gone");
  fail = false;
  const [first, second] = await Promise.all([accounts.password("me"), accounts.password("me")]);
  expect(second).toBe(first);
  expect(statements).toEqual([
    ["SELECT", "me"],
    ["ALTER", "me", "%", first],
    ["ALTER", "me", "10.%", first],
  ]);
  accounts.forget("me");
  expect(await accounts.password("me")).not.toBe(first);
});

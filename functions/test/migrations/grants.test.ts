import { describe, expect, test } from "vitest";
import { expectedGrants, isExactly, parseGrants, reaches, revokeStatements } from "../../src/migrations/grants.ts";

const ORDERS = {
  name: "orders",
  grants: [
    { privileges: "SELECT, INSERT, UPDATE (status)", on: "orders" },
    { privileges: "SELECT", on: "listed_products" },
  ],
};
const EXACT = [
  "GRANT USAGE ON *.* TO `orders`@`%`",
  "GRANT SELECT ON `shop`.`listed_products` TO `orders`@`%`",
  "GRANT SELECT, INSERT, UPDATE (`status`) ON `shop`.`orders` TO `orders`@`%`",
];
const expected = expectedGrants(ORDERS, "shop");
const revokes = (...lines: string[]) => revokeStatements("'orders'@'%'", parseGrants([...EXACT, ...lines]), expected);

test("what the schema says is exact, in whatever order", () => {
  expect(isExactly(parseGrants(EXACT), expected)).toBe(true);
  expect(isExactly(parseGrants(EXACT.toReversed()), expected)).toBe(true);
  expect(revokes()).toEqual([]);
});

test("privileges are read in any order, columns apart, and a name is no option", () => {
  const others = EXACT.map((line) =>
    line.replace("SELECT, INSERT, UPDATE (`status`)", "UPDATE (`status`), INSERT, SELECT"),
  );
  expect(isExactly(parseGrants(others), expected)).toBe(true);
  const read = (line: string) => [...parseGrants([line]).privileges].map(([object, set]) => [object, [...set]]);
  expect(read("GRANT UPDATE (`a`,`b`,  `c`) ON `shop`.`orders` TO `a`@`%`")).toEqual([
    ["`shop`.`orders`", ["UPDATE (`a`)", "UPDATE (`b`)", "UPDATE (`c`)"]],
  ]);
  expect(read("GRANT SELECT ON `shop`.`x WITH GRANT OPTION` TO `a`@`%`")).toEqual([
    ["`shop`.`x WITH GRANT OPTION`", ["SELECT"]],
  ]);
});

test.each([
  ["a table more", ["GRANT DELETE ON `shop`.`partners` TO `orders`@`%`"], ["DELETE ON `shop`.`partners`"]],
  ["the whole table", ["GRANT UPDATE ON `shop`.`orders` TO `orders`@`%`"], ["UPDATE ON `shop`.`orders`"]],
  [
    "columns more",
    ["GRANT SELECT, UPDATE (`status`, `discount_cents`) ON `shop`.`orders` TO `orders`@`%`"],
    ["UPDATE (`discount_cents`) ON `shop`.`orders`"],
  ],
  ["the database", ["GRANT ALL PRIVILEGES ON `shop`.* TO `orders`@`%`"], ["ALL PRIVILEGES ON `shop`.*"]],
  [
    "everything, to be passed on, with a password and limits (MariaDB)",
    [
      "GRANT ALL PRIVILEGES ON *.* TO `orders`@`%` IDENTIFIED BY PASSWORD '*AB' REQUIRE SSL WITH GRANT OPTION MAX_USER_CONNECTIONS 2",
    ],
    ["ALL PRIVILEGES ON *.*", "GRANT OPTION ON *.*"],
  ],
  [
    "dynamic privileges (MySQL)",
    ["GRANT BACKUP_ADMIN,ROLE_ADMIN ON *.* TO `orders`@`%`"],
    ["BACKUP_ADMIN ON *.*", "ROLE_ADMIN ON *.*"],
  ],
  [
    "a routine",
    ["GRANT EXECUTE ON PROCEDURE `shop`.`wipe it` TO `orders`@`%`"],
    ["EXECUTE ON PROCEDURE `shop`.`wipe it`"],
  ],
  ["a table with odd letters", ["GRANT DELETE ON `sh``op`.`a, (b)` TO `orders`@`%`"], ["DELETE ON `sh``op`.`a, (b)`"]],
])("%s is withdrawn", (_what, lines, withdrawn) => {
  expect(revokes(...lines)).toEqual(withdrawn.map((what) => `REVOKE ${what} FROM 'orders'@'%'`));
  expect(isExactly(parseGrants([...EXACT, ...lines]), expected)).toBe(false);
});

test("roles and accounts that it may act for are withdrawn; what limits an account is not", () => {
  expect(
    revokes(
      "GRANT `reader`@`%`,`writer`@`%` TO `orders`@`%`",
      "GRANT PROXY ON 'root'@'%' TO 'orders'@'%' WITH GRANT OPTION",
      "SET DEFAULT ROLE `reader` FOR `orders`@`%`",
      "REVOKE INSERT ON `mysql`.* FROM `orders`@`%`",
    ),
  ).toEqual([
    "REVOKE PROXY ON 'root'@'%' FROM 'orders'@'%'",
    "REVOKE `reader`@`%` FROM 'orders'@'%'",
    "REVOKE `writer`@`%` FROM 'orders'@'%'",
  ]);
  expect(isExactly(parseGrants([...EXACT, "GRANT `reader` TO `orders`@`%`"]), expected)).toBe(false);
  expect(isExactly(parseGrants([...EXACT, "GRANT PROXY ON 'a'@'%' TO 'orders'@'%'"]), expected)).toBe(false);
});

test("a grant that is missing is not exact", () => {
  expect(isExactly(parseGrants(EXACT.slice(1)), expected)).toBe(true);
  expect(isExactly(parseGrants(EXACT.slice(0, 2)), expected)).toBe(false);
});

describe("reaches", () => {
  test.each([
    ["*.*", true],
    ["`shop`.*", true],
    ["`SHOP`.*", true],
    ["`shop`.`orders`", true],
    ["`sh%`.*", true],
    ["`s_op`.*", true],
    ["PROCEDURE `shop`.`p`", true],
    ["`s\\_op`.*", false],
    ["`shop2`.*", false],
    ["`s.op`.*", false],
    ["`other`.*", false],
  ])("a grant on %s: %s", (object, answer) => {
    expect(reaches(parseGrants([`GRANT SELECT ON ${object} TO \`a\`@\`%\``]), "shop")).toBe(answer);
  });

  test.each([
    ["`a+b`.*", "a+b", true],
    ["`s\\_op`.*", "s_op", true],
    ["`a``b`.*", "a`b", true],
    ["`a+b`.*", "aab", false],
  ])("a grant on %s reaches %j: %s", (object, database, answer) => {
    expect(reaches(parseGrants([`GRANT SELECT ON ${object} TO \`a\`@\`%\``]), database)).toBe(answer);
  });

  test("a role and an account to act for count; the right to connect does not", () => {
    expect(reaches(parseGrants(["GRANT `reader` TO `a`@`%`"]), "shop")).toBe(true);
    expect(reaches(parseGrants(["GRANT PROXY ON 'b'@'%' TO 'a'@'%'"]), "shop")).toBe(true);
    expect(reaches(parseGrants(["GRANT USAGE ON *.* TO `a`@`%`"]), "shop")).toBe(false);
    expect(reaches(parseGrants(["GRANT USAGE ON *.* TO `a`@`%` WITH GRANT OPTION"]), "shop")).toBe(true);
  });
});

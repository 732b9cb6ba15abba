/**
 * What `SHOW GRANTS` says, and how it differs from what `schema.ts` says. MySQL and MariaDB write the lines alike
 * (MySQL 8.0 Reference Manual, 15.7.7.22 "SHOW GRANTS Statement").
 */
import type { DatabaseUser } from "./schema.ts";

/** What an account holds, each part in a form that can be compared and revoked. */
export interface Grants {
  /** By the object, such as `` `palisade`.`orders` `` or `*.*`: privileges, those on a column with it, as ``UPDATE (`status`)``. */
  privileges: Map<string, Set<string>>;
  /** Roles of the account, as they are written. */
  roles: string[];
  /** Accounts that it may act for (`GRANT PROXY`), as they are written. */
  proxied: string[];
}

/** The privilege to pass one's privileges on; `SHOW GRANTS` writes it at the line's end. */
const GRANT_OPTION = "GRANT OPTION";

const NAME = "(?:\\*|`(?:[^`]|``)*`)";
const OBJECT = `(?:(?:FUNCTION|PROCEDURE|PACKAGE BODY|PACKAGE) )?${NAME}\\.${NAME}`;
const ON_OBJECT = new RegExp(`^GRANT (.+) ON (${OBJECT}) TO `);
const PROXY = /^GRANT PROXY ON (.+?) TO /;
const ROLES = /^GRANT (.+) TO .*$/;

/** Reads the lines of `SHOW GRANTS`. What only limits an account (`REVOKE`, `SET DEFAULT ROLE`) is no grant. */
export function parseGrants(lines: readonly string[]): Grants {
  const grants: Grants = { privileges: new Map(), roles: [], proxied: [] };
  for (const line of lines.filter((one) => one.startsWith("GRANT "))) {
    const [, proxied] = PROXY.exec(line) ?? [];
    const [, privileges, object] = ON_OBJECT.exec(line) ?? [];
    if (proxied !== undefined) grants.proxied.push(proxied);
    else if (privileges !== undefined && object !== undefined) {
      // USAGE is the privilege to connect and nothing else.
      const held = atoms(privileges).filter((privilege) => privilege !== "USAGE");
      if (/ WITH GRANT OPTION\b/.test(line.slice(line.lastIndexOf("`")))) held.push(GRANT_OPTION);
      if (held.length > 0) grants.privileges.set(object, new Set([...(grants.privileges.get(object) ?? []), ...held]));
    } else grants.roles.push(...line.replace(ROLES, "$1").split(/,\s*/));
  }
  return grants;
}

/** What a user of `schema.ts` must hold, and no more. */
export function expectedGrants(user: DatabaseUser, databaseName: string): Map<string, Set<string>> {
  return new Map(
    user.grants.map(({ privileges, on }) => [`\`${databaseName}\`.\`${on}\``, new Set(atoms(privileges))]),
  );
}

/** The statements that withdraw what an account holds and must not. */
export function revokeStatements(
  account: string,
  held: Grants,
  expected: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  const extra = [...held.privileges].flatMap(([object, privileges]) => {
    const kept = expected.get(object) ?? new Set();
    return [...privileges]
      .filter((privilege) => !kept.has(privilege))
      .map((privilege) => `REVOKE ${privilege} ON ${object} FROM ${account}`);
  });
  return [
    ...held.proxied.map((other) => `REVOKE PROXY ON ${other} FROM ${account}`),
    ...held.roles.map((role) => `REVOKE ${role} FROM ${account}`),
    ...extra,
  ];
}

/** Whether the account holds exactly what it must. */
export function isExactly(held: Grants, expected: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const text = (privileges: ReadonlyMap<string, ReadonlySet<string>>) =>
    JSON.stringify([...privileges].map(([object, set]) => [object, [...set].sort()]).sort());
  return held.roles.length === 0 && held.proxied.length === 0 && text(held.privileges) === text(expected);
}

/**
 * Whether an account can reach something of a database: by a grant on everything, on the database or on a pattern that it matches, or
 * by a role, whose grants are not looked into.
 */
export function reaches({ privileges, roles, proxied }: Grants, databaseName: string): boolean {
  return (
    roles.length > 0 ||
    proxied.length > 0 ||
    [...privileges.keys()].some((object) => {
      const name = new RegExp(`(${NAME})\\.${NAME}$`).exec(object)?.[1] as string;
      return name === "*" || like(name.slice(1, -1).replaceAll("``", "`")).test(databaseName);
    })
  );
}

/** A database's name in a grant is a pattern of LIKE (MySQL 8.0 Reference Manual, 15.7.1.6 "GRANT Statement"). */
function like(pattern: string): RegExp {
  const parts = pattern.match(/\\.|./gs) as string[];
  const source = parts.map((part) => {
    if (part === "%") return ".*";
    return part === "_" ? "." : part.slice(-1).replace(/[^\w%]/, "\\$&");
  });
  return new RegExp(`^${source.join("")}$`, "is");
}

/** One privilege a text, with its columns apart and quoted: ``SELECT``, ``UPDATE (`status`)``. */
function atoms(text: string): string[] {
  return [...text.matchAll(/([A-Za-z_][A-Za-z_ ]*?)\s*(?:\(((?:`(?:[^`]|``)*`|[^)])*)\))?(?:,\s*|$)/g)].flatMap(
    ([, privilege = "", columns]) => {
      if (columns === undefined) return [privilege];
      return columns.split(/,\s*/).map((column) => `${privilege} (\`${column.replaceAll("`", "")}\`)`);
    },
  );
}

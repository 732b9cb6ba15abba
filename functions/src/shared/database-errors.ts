import { Refusal } from "./refusal.ts";

// Error numbers of MySQL 8.4 and MariaDB 11 (their reference manuals, "Server Error Message Reference").
const NO_PRIVILEGE: ReadonlySet<number> = new Set([
  1044, // no access to the database
  1045, // no login
  1142, // command denied on the table
  1143, // command denied on a column
  1227, // a global privilege is missing
  1356, // a view whose tables may not be read
  1370, // routine denied
  1410, // may not create a user by GRANT
  1419, // may not create a routine with binary logging on
  3118, // the account is locked
]);
const CONSTRAINT: ReadonlySet<number> = new Set([
  1048, // column cannot be null
  1062, // duplicate key
  1264, // number out of the column's range
  1265, // truncated
  1292, // incorrect value
  1364, // no default
  1366, // incorrect value for the column's type or character set
  1406, // longer than the column
  1451, // foreign key, parent
  1452, // foreign key, child
  3819, // CHECK of MySQL
  4025, // CHECK of MariaDB
]);

/**
 * Tells the refusals of the server from its failures.
 *
 * @param error what the driver rejected with
 * @returns a Refusal of the layer `database`, or the error itself
 */
export function refusalOfDatabase(error: unknown): unknown {
  const number = (error as { errno?: unknown } | null)?.errno;
  if (typeof number !== "number") return error;
  if (NO_PRIVILEGE.has(number)) {
    return new Refusal({
      layer: "database",
      defence: "grants",
      status: 500,
      detail: "The request could not be carried out.",
    });
  }
  if (CONSTRAINT.has(number)) {
    return new Refusal({
      layer: "database",
      defence: "column",
      status: 422,
      detail: "A value of the request does not fit where it is stored.",
    });
  }
  return error;
}

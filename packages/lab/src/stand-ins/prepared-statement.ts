import type { SqlConnection, SqlValue } from "@palisade/functions/src/shared/sql";

/** Stands in for `prepared-statement`: the values become part of the text, in quotes and as they are (CWE-89). */
export function runStatement(connection: SqlConnection, sql: string, values: readonly SqlValue[]): Promise<unknown> {
  const rest = [...values];
  return connection.query(sql.replaceAll("?", () => literal(rest.shift() ?? null)));
}

function literal(value: SqlValue): string {
  return typeof value === "string" ? `'${value}'` : String(value);
}

import type { SqlConnection, SqlValue } from "../sql.ts";

/**
 * Runs a statement with its values apart from its text: the server has parsed the text before it sees the first value, so that
 * no value can become SQL.
 *
 * @param sql the text, with a `?` for each value
 * @returns the rows, or the driver's summary of a change
 */
export function runStatement(connection: SqlConnection, sql: string, values: readonly SqlValue[]): Promise<unknown> {
  return connection.execute(sql, values);
}

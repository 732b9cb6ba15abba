/** A value that a statement can carry. */
export type SqlValue = string | number | null;

/** What a statement is sent through. Both reject with the driver's error. */
export interface SqlConnection {
  /** Sends a statement with its values apart from its text (MySQL's prepared statements). */
  execute(sql: string, values: readonly SqlValue[]): Promise<unknown>;
  /** Sends a text as it is. */
  query(sql: string): Promise<unknown>;
}

import { Refusal } from "../refusal.ts";

/** Options of the driver's connection: the server, too, is told to refuse a second statement. */
export const statementOptions: { multipleStatements: boolean } = { multipleStatements: false };

/**
 * Checks the text of a statement before it is sent. None of ours has a semicolon, so that one with it was put together from a
 * request's value.
 *
 * @throws Refusal 400
 */
export function refuseSecondStatement(sql: string): void {
  if (!sql.includes(";")) return;
  throw new Refusal({ defence: "single-statement", status: 400, detail: "The request cannot be carried out." });
}

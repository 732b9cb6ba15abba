/** Stands in for `single-statement`: the driver sends, and the server runs, as many statements as the text holds. */
export const statementOptions: { multipleStatements: boolean } = { multipleStatements: true };

/** A second statement is as welcome as the first. */
export function refuseSecondStatement(): void {}

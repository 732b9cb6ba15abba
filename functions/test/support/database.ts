import type { Database, Row, Statements } from "../../src/shared/database.ts";
import type { SqlValue } from "../../src/shared/sql.ts";

/** A statement that was sent. */
export interface Sent {
  sql: string;
  values: readonly SqlValue[];
}

/** What the database answers to a statement that begins with the key. */
export type Answers = Record<string, Row[] | number | Error | ((values: readonly SqlValue[]) => Row[] | number)>;

/** A database that records what it is sent and refuses a statement that the test has no answer for. */
export function fakeDatabase(answers: Answers): Database & { sent: Sent[]; log: string[] } {
  const sent: Sent[] = [];
  const log: string[] = [];
  const answer = (sql: string, values: readonly SqlValue[]): Row[] | number => {
    sent.push({ sql, values });
    const key = Object.keys(answers).find((start) => sql.startsWith(start));
    if (key === undefined) throw new Error(`the test has no answer for: ${sql}`);
    const found = answers[key] as Answers[string];
    if (found instanceof Error) throw found;
    return typeof found === "function" ? found(values) : found;
  };
  const statements: Statements = {
    rows: async (sql, values) => answer(sql, values) as Row[],
    change: async (sql, values) => answer(sql, values) as number,
  };
  return {
    ...statements,
    sent,
    log,
    define: async (sql) => answer(sql, []) as Row[],
    transaction: async (work) => {
      log.push("begin");
      try {
        const result = await work(statements);
        log.push("commit");
        return result;
      } catch (error) {
        log.push("rollback");
        throw error;
      }
    },
  };
}

import { type Environment, readEnvironment } from "../shared/env.ts";

/** Reads what the orders need besides the database. */
export function readOrdersEnvironment(environment: Environment): { idempotencyTable: string } {
  const values = readEnvironment("orders", environment, {
    IDEMPOTENCY_TABLE: { pattern: /^[A-Za-z0-9_.-]{3,255}$/, form: "the name of the table of idempotency keys" },
  });
  return { idempotencyTable: values.IDEMPOTENCY_TABLE };
}

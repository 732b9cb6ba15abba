import { type Environment, readEnvironment } from "../shared/env.ts";

/** Reads what the carts need besides the database. */
export function readCartsEnvironment(environment: Environment): { keyTable: string } {
  const values = readEnvironment("carts", environment, {
    CART_KEY_TABLE: { pattern: /^[A-Za-z0-9_.-]{3,255}$/, form: "the name of the table of the carts' keys" },
  });
  return { keyTable: values.CART_KEY_TABLE };
}

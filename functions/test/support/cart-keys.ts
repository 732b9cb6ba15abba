import type { CartKey, CartKeys } from "../../src/shared/cart-keys.ts";

/** Keys of saved carts in memory, each 32 times the same byte, of which the first signs. */
export function cartKeys(...ids: string[]): CartKeys {
  const keys = (ids.length > 0 ? ids : ["2026-11"]).map(
    (id): CartKey => ({ id, secret: new Uint8Array(32).fill(Number(id.slice(-2))) }),
  );
  return {
    current: async () => keys[0] as CartKey,
    find: async (id) => keys.find((key) => key.id === id),
  };
}

/**
 * The keys that saved carts are signed with, one a month, in a DynamoDB table. The function makes a month's key itself when it first needs
 * it: no key is in an environment, in Pulumi's state or in a deployment, and none is older than the carts that it signed. Why a table and
 * neither Secrets Manager nor KMS: docs/decisions/0003-keys-of-saved-carts.md.
 */
import { randomBytes } from "node:crypto";
import type { AwsCaller } from "./aws.ts";
import { openTable } from "./dynamodb.ts";
import { DependencyFault } from "./refusal.ts";

/** Days that a saved cart can be restored. */
export const CART_DAYS = 30;

/** A key and its id, the month that it signs in, e.g. `2026-11`. */
export interface CartKey {
  id: string;
  secret: Uint8Array;
}

/** The keys. */
export interface CartKeys {
  /** The key that signs now. */
  current(): Promise<CartKey>;
  /** The key with this id, or undefined: of an id that no restorable cart can have, nothing is asked. */
  find(id: string): Promise<CartKey | undefined>;
}

// HMAC with SHA-256 takes a key of at least the hash's length (RFC 7518, section 3.2).
const KEY_BYTES = 32;
// A cart of 31 January is restorable until 2 March: this month's key and those of the two before it.
const MONTHS = 3;

/**
 * The keys in a table whose key is `id` and whose time to live is `expiresAt`. A key that was read is kept in memory.
 *
 * @param now milliseconds since 1970
 */
export function createCartKeys(call: AwsCaller, table: string, now: () => number = Date.now): CartKeys {
  const known = new Map<string, Uint8Array>();
  const keys = openTable(call, table);

  const read = async (id: string): Promise<Uint8Array | undefined> => {
    const kept = known.get(id);
    if (kept !== undefined) return kept;
    const row = await keys.read(rowOf(id));
    if (row === undefined) return undefined;
    const secret = Buffer.from(row.secret?.B ?? "", "base64");
    // A row that somebody shortened must not become a key that can be guessed.
    if (secret.length !== KEY_BYTES) throw new DependencyFault("cart-keys", new Error("a key has another length"));
    known.set(id, secret);
    return secret;
  };

  const create = async (id: string): Promise<void> => {
    const secret = randomBytes(KEY_BYTES).toString("base64");
    const expiresAt = Math.floor(monthAfter(now(), MONTHS) / 1000);
    // Where another instance of the function was first, its key stays.
    await keys.sendIf("PutItem", {
      Item: { id: { S: rowOf(id) }, secret: { B: secret }, expiresAt: { N: String(expiresAt) } },
      ConditionExpression: "attribute_not_exists(id)",
    });
  };

  return {
    async current() {
      const id = monthOf(now());
      let secret = await read(id);
      if (secret === undefined) {
        await create(id);
        // What is in the table counts, also where the write was carried out twice.
        secret = await read(id);
      }
      if (secret === undefined) throw new DependencyFault("cart-keys", new Error("no key after it was written"));
      return { id, secret };
    },
    async find(id) {
      const months = Array.from({ length: MONTHS }, (_, index) => monthOf(monthAfter(now(), -index)));
      if (!months.includes(id)) return undefined;
      const secret = await read(id);
      return secret && { id, secret };
    },
  };
}

function rowOf(id: string): string {
  return `cart-key#${id}`;
}

function monthOf(time: number): string {
  return new Date(time).toISOString().slice(0, 7);
}

// The beginning of the month that is so many after a time's.
function monthAfter(time: number, months: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
}

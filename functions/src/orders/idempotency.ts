/**
 * Orders that are sent twice and placed once. A client gives each order a key of its own in the header `Idempotency-Key`; the key is
 * claimed in a DynamoDB table by a conditional write, and the answer is kept under it for a day. After that the key is a new one.
 */
import { createHash, randomUUID } from "node:crypto";
import type { Principal } from "../shared/api.ts";
import type { AwsCaller } from "../shared/aws.ts";
import { type AttributeValue, openTable } from "../shared/dynamodb.ts";
import type { Order } from "../shared/orders.ts";
import { Unanswerable } from "../shared/refusal.ts";

/** A request that has a key. */
export interface Claim {
  /** The row of the table: a hash of the key and of who sent it, so that no caller meets another's keys. */
  id: string;
  /** What was ordered: the same key with another order is a mistake of the client. */
  fingerprint: string;
}

/** What comes of a claim: the order that was placed under it before, or the id under which it is to be placed now. */
export type Taken = { placed: Order } | { orderId: string };

/** The table. */
export interface IdempotencyStore {
  /**
   * Takes a claim. The id of the order is in the claim's row before the order is placed: whoever takes over the claim of a request
   * that died gets the same id, and can tell by it whether the order was placed.
   *
   * @throws Unanswerable 409 while another request with the key is at work, 422 when the key was used for another order
   */
  take(claim: Claim): Promise<Taken>;
  /** Keeps the order that was placed. */
  keep(claim: Claim, order: Order): Promise<void>;
  /** Gives a claim back: nothing was placed, and the key is free for another order. */
  release(claim: Claim): Promise<void>;
  /** Gives up a claim whose order may have been placed or not: the next request with it takes over its order's id. */
  suspend(claim: Claim, orderId: string): Promise<void>;
}

const KEY = /^[\x21-\x7e]{1,255}$/;
const KEEP_SECONDS = 24 * 60 * 60;
// Longer than the function's time limit: who holds a claim for so long is gone.
const WORK_SECONDS = 60;

/**
 * The claim of a request.
 *
 * @param key the header's value, or undefined
 * @returns undefined without a key: the order is then placed each time that it is sent
 * @throws Unanswerable 400 when the key is not 1 to 255 visible characters of ASCII
 */
export function claimOf(key: string | undefined, principal: Principal, order: unknown): Claim | undefined {
  if (key === undefined) return undefined;
  if (!KEY.test(key)) throw new Unanswerable(400, "Idempotency-Key must be 1 to 255 visible characters of ASCII.");
  return {
    id: hash([principal.companyId, principal.userId, key]),
    fingerprint: hash(order),
  };
}

/**
 * The store in a DynamoDB table whose key is `id` and whose time to live is `expiresAt`.
 *
 * @param now seconds since 1970
 */
export function createIdempotencyStore(
  call: AwsCaller,
  table: string,
  now: () => number = () => Math.floor(Date.now() / 1000),
): IdempotencyStore {
  const rows = openTable(call, table);

  const rowOf = ({ id, fingerprint }: Claim, more: Record<string, AttributeValue>) => ({
    id: { S: id },
    fingerprint: { S: fingerprint },
    expiresAt: { N: String(now() + KEEP_SECONDS) },
    ...more,
  });
  // Writes the row of a claim where the condition holds, and tells whether it does.
  const claimRow = (
    claim: Claim,
    orderId: string,
    [ConditionExpression, ExpressionAttributeValues]: readonly [string, Record<string, AttributeValue>],
  ): Promise<boolean> =>
    rows.sendIf("PutItem", {
      Item: rowOf(claim, { orderId: { S: orderId }, workUntil: { N: String(now() + WORK_SECONDS) } }),
      ConditionExpression,
      ExpressionAttributeValues,
    });

  return {
    async take(claim) {
      const time = String(now());
      const orderId = randomUUID();
      // DynamoDB removes what has expired within days, not at once.
      const isFree = ["attribute_not_exists(id) OR expiresAt < :now", { ":now": { N: time } }] as const;
      if (await claimRow(claim, orderId, isFree)) return { orderId };

      const row = await rows.read(claim.id);
      // A row that has gone meanwhile was given back by the request that this one met.
      if (row === undefined) throw atWork();
      if (row.fingerprint?.S !== claim.fingerprint) {
        throw new Unanswerable(422, "The Idempotency-Key was used for another order.");
      }
      if (row.answer?.S !== undefined) return { placed: JSON.parse(row.answer.S) as Order };

      // Of two that take over one claim, the first changes `workUntil`, and the second finds it changed.
      const { orderId: before, workUntil } = row;
      // A write that AWS carried out, did not confirm and was asked for again.
      if (before?.S === orderId) return { orderId };
      if (before?.S === undefined || workUntil?.N === undefined || Number(workUntil.N) >= Number(time)) throw atWork();
      const isAbandoned = ["workUntil = :seen", { ":seen": { N: workUntil.N } }] as const;
      if (await claimRow(claim, before.S, isAbandoned)) return { orderId: before.S };
      throw atWork();
    },
    async keep(claim, order) {
      await rows.send("PutItem", { Item: rowOf(claim, { answer: { S: JSON.stringify(order) } }) });
    },
    async release({ id }) {
      await rows.send("DeleteItem", { Key: { id: { S: id } } });
    },
    async suspend(claim, orderId) {
      await rows.send("PutItem", { Item: rowOf(claim, { orderId: { S: orderId }, workUntil: { N: "0" } }) });
    },
  };
}

function atWork(): Unanswerable {
  return new Unanswerable(409, "The order with this Idempotency-Key is being placed.");
}

function hash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

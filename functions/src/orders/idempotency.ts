/**
 * Orders that are sent twice and placed once. A client gives each order a key of its own in the header `Idempotency-Key`; the key is
 * claimed in a DynamoDB table by a conditional write, and the answer is kept under it for a day.
 */
import { createHash } from "node:crypto";
import type { Principal } from "../shared/api.ts";
import { type AwsCaller, AwsError } from "../shared/aws.ts";
import type { Order } from "../shared/orders.ts";
import { Unanswerable } from "../shared/refusal.ts";

/** A request that has a key. */
export interface Claim {
  /** The row of the table: a hash of the key and of who sent it, so that no caller meets another's keys. */
  id: string;
  /** What was ordered: the same key with another order is a mistake of the client. */
  fingerprint: string;
}

/** The table. */
export interface IdempotencyStore {
  /**
   * Takes a claim.
   *
   * @returns the order that was placed under it before, or undefined when it is to be placed now
   * @throws Unanswerable 409 while another request with the key is at work, 422 when the key was used for another order
   */
  take(claim: Claim): Promise<Order | undefined>;
  /** Keeps the order that was placed. */
  keep(claim: Claim, order: Order): Promise<void>;
  /** Gives a claim back: nothing was placed. */
  release(claim: Claim): Promise<void>;
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

/** A UUID that the same claim always gives, so that an order under it cannot be placed twice, whatever becomes of the table. */
export function orderIdOfClaim(claim: Claim): string {
  // Version 8 of RFC 9562: a UUID of one's own making.
  const hex = `${claim.id.slice(0, 12)}8${claim.id.slice(13, 16)}8${claim.id.slice(17, 32)}`;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
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
  const dynamo = (operation: string, input: Record<string, unknown>) =>
    call({
      service: "dynamodb",
      target: `DynamoDB_20120810.${operation}`,
      version: "1.0",
      input: { TableName: table, ...input },
    });

  return {
    async take({ id, fingerprint }) {
      const time = now();
      try {
        await dynamo("PutItem", {
          Item: {
            id: { S: id },
            fingerprint: { S: fingerprint },
            workUntil: { N: String(time + WORK_SECONDS) },
            expiresAt: { N: String(time + KEEP_SECONDS) },
          },
          // DynamoDB removes what has expired within days, not at once.
          ConditionExpression: "attribute_not_exists(id) OR expiresAt < :now OR workUntil < :now",
          ExpressionAttributeValues: { ":now": { N: String(time) } },
        });
        return undefined;
      } catch (error) {
        if (!(error instanceof AwsError && error.code === "ConditionalCheckFailedException")) throw error;
      }
      const { Item: item } = (await dynamo("GetItem", { Key: { id: { S: id } }, ConsistentRead: true })) as {
        Item?: Record<string, { S?: string }>;
      };
      if (item !== undefined && item.fingerprint?.S !== fingerprint) {
        throw new Unanswerable(422, "The Idempotency-Key was used for another order.");
      }
      const answer = item?.answer?.S;
      if (answer === undefined) throw new Unanswerable(409, "The order with this Idempotency-Key is being placed.");
      return JSON.parse(answer) as Order;
    },
    async keep({ id, fingerprint }, order) {
      await dynamo("PutItem", {
        Item: {
          id: { S: id },
          fingerprint: { S: fingerprint },
          answer: { S: JSON.stringify(order) },
          expiresAt: { N: String(now() + KEEP_SECONDS) },
        },
      });
    },
    async release({ id }) {
      await dynamo("DeleteItem", { Key: { id: { S: id } } });
    },
  };
}

function hash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

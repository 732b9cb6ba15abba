import { describe, expect, test } from "vitest";
import { claimOf, createIdempotencyStore } from "../../src/orders/idempotency.ts";
import { type AwsCall, AwsError } from "../../src/shared/aws.ts";
import type { Order } from "../../src/shared/orders.ts";
import { alice, bob } from "../support/events.ts";
import { refusalOf, refusalOfPromise } from "../support/refusals.ts";

const order = { id: "o", totalCents: 7 } as Order;
const claim = { id: "key", fingerprint: "print" };

describe("claimOf", () => {
  test("is the same for the same caller, key and order, and for no other", () => {
    const claims = [
      claimOf("k", alice, order),
      claimOf("k", alice, order),
      claimOf("k", bob, order),
      claimOf("l", alice, order),
      claimOf("k", alice, { ...order, totalCents: 8 }),
    ];
    expect(claims[1]).toEqual(claims[0]);
    expect(new Set(claims.map((each) => each?.id)).size).toBe(3);
    expect(claims[4]).toMatchObject({ id: claims[0]?.id });
    expect(claims[4]?.fingerprint).not.toBe(claims[0]?.fingerprint);
    expect(claimOf(undefined, alice, order)).toBeUndefined();
  });

  test.each(["", " ", "a b", "x".repeat(256), "ключ"])("refuses the key %j", (key) => {
    expect(refusalOf(() => claimOf(key, alice, order))).toEqual({
      defence: "",
      status: 400,
      detail: "Idempotency-Key must be 1 to 255 visible characters of ASCII.",
    });
  });
});

function storeOn(answers: Record<string, Record<string, unknown> | Error>) {
  const calls: AwsCall[] = [];
  const store = createIdempotencyStore(
    async (call) => {
      calls.push(call);
      const answer = answers[call.target.split(".")[1] as string];
      if (answer instanceof Error) throw answer;
      return answer ?? {};
    },
    "keys",
    () => 1000,
  );
  return { store, calls };
}

const taken = new AwsError("DynamoDB_20120810.PutItem", "ConditionalCheckFailedException");

describe("the store", () => {
  test("takes a claim by a conditional write", async () => {
    const { store, calls } = storeOn({});
    expect(await store.take(claim)).toBeUndefined();
    expect(calls).toEqual([
      {
        service: "dynamodb",
        target: "DynamoDB_20120810.PutItem",
        version: "1.0",
        input: {
          TableName: "keys",
          Item: { id: { S: "key" }, fingerprint: { S: "print" }, workUntil: { N: "1060" }, expiresAt: { N: "87400" } },
          ConditionExpression: "attribute_not_exists(id) OR expiresAt < :now OR workUntil < :now",
          ExpressionAttributeValues: { ":now": { N: "1000" } },
        },
      },
    ]);
  });

  test("answers with the order that was kept", async () => {
    const Item = { fingerprint: { S: "print" }, answer: { S: JSON.stringify(order) } };
    const { store, calls } = storeOn({ PutItem: taken, GetItem: { Item } });
    expect(await store.take(claim)).toEqual(order);
    expect(calls[1]?.input).toEqual({ TableName: "keys", Key: { id: { S: "key" } }, ConsistentRead: true });
  });

  const AT_WORK = "The order with this Idempotency-Key is being placed.";
  test.each([
    ["another order", { fingerprint: { S: "other" } }, 422, "The Idempotency-Key was used for another order."],
    ["an order at work", { fingerprint: { S: "print" } }, 409, AT_WORK],
    ["a row that is gone again", undefined, 409, AT_WORK],
  ])("refuses a claim on %s", async (_what, Item, status, detail) => {
    const { store } = storeOn({ PutItem: taken, GetItem: { Item } });
    expect(await refusalOfPromise(store.take(claim))).toEqual({ defence: "", status, detail });
  });

  test("passes on what AWS says otherwise", async () => {
    const other = new AwsError("DynamoDB_20120810.PutItem", "ResourceNotFoundException");
    await expect(storeOn({ PutItem: other }).store.take(claim)).rejects.toBe(other);
    const lost = new Error("lost");
    await expect(storeOn({ PutItem: lost }).store.take(claim)).rejects.toBe(lost);
  });

  test("keeps an order for a day and gives a claim back", async () => {
    const { store, calls } = storeOn({});
    await store.keep(claim, order);
    await store.release(claim);
    expect(calls.map(({ target, input }) => [target.split(".")[1], input])).toEqual([
      [
        "PutItem",
        {
          TableName: "keys",
          Item: {
            id: { S: "key" },
            fingerprint: { S: "print" },
            answer: { S: '{"id":"o","totalCents":7}' },
            expiresAt: { N: "87400" },
          },
        },
      ],
      ["DeleteItem", { TableName: "keys", Key: { id: { S: "key" } } }],
    ]);
  });

  test("takes the time of the clock by default", async () => {
    let until = 0;
    const store = createIdempotencyStore(async ({ input }) => {
      until = Number((input.Item as { expiresAt: { N: string } }).expiresAt.N);
      return {};
    }, "keys");
    await store.keep(claim, order);
    expect(Math.abs(until - Date.now() / 1000 - 86_400)).toBeLessThan(5);
  });
});

import { describe, expect, test } from "vitest";
import { claimOf, createIdempotencyStore, type IdempotencyStore, type Taken } from "../../src/orders/idempotency.ts";
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

type Row = Record<string, { S?: string; N?: string }>;

const NOW = 1000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const lost = new Error("lost");
const conflict = new AwsError("DynamoDB_20120810.PutItem", "ConditionalCheckFailedException");

/** A table of one row that evaluates the store's own conditions. */
function tableOf(row?: Row, clock = { now: NOW }) {
  const table = { row, calls: [] as AwsCall[], clock, fail: {} as Record<string, Error> };
  const isMet = ({ ConditionExpression: condition, ExpressionAttributeValues: values }: Record<string, unknown>) => {
    if (condition === undefined) return true;
    const given = values as Row;
    if (condition === "workUntil = :seen") return table.row?.workUntil?.N === given[":seen"]?.N;
    expect(condition).toBe("attribute_not_exists(id) OR expiresAt < :now");
    return table.row === undefined || Number(table.row.expiresAt?.N) < Number(given[":now"]?.N);
  };
  const store = createIdempotencyStore(
    async (call) => {
      table.calls.push(call);
      const operation = call.target.split(".")[1] as string;
      if (operation === "PutItem" && !isMet(call.input)) throw conflict;
      if (operation === "PutItem") table.row = call.input.Item as Row;
      if (operation === "DeleteItem") table.row = undefined;
      if (table.fail[operation] !== undefined) throw table.fail[operation];
      return operation === "GetItem" ? { Item: table.row } : {};
    },
    "keys",
    () => clock.now,
  );
  return Object.assign(table, { store });
}

const idOf = async (taken: Promise<Taken>) => {
  const result = await taken;
  return "orderId" in result ? result.orderId : `placed ${result.placed.id}`;
};

const DAY = 86_400;
const AT_WORK = { defence: "", status: 409, detail: "The order with this Idempotency-Key is being placed." };
const USED = { defence: "", status: 422, detail: "The Idempotency-Key was used for another order." };
const other = { ...claim, fingerprint: "other" };

describe("the store", () => {
  test("takes a claim by a conditional write, with the id of the order to be placed", async () => {
    const { store, calls } = tableOf();
    const orderId = await idOf(store.take(claim));
    expect(orderId).toMatch(UUID);
    expect(calls).toEqual([
      {
        service: "dynamodb",
        target: "DynamoDB_20120810.PutItem",
        version: "1.0",
        input: {
          TableName: "keys",
          Item: {
            id: { S: "key" },
            fingerprint: { S: "print" },
            orderId: { S: orderId },
            workUntil: { N: "1060" },
            expiresAt: { N: "87400" },
          },
          ConditionExpression: "attribute_not_exists(id) OR expiresAt < :now",
          ExpressionAttributeValues: { ":now": { N: "1000" } },
        },
      },
    ]);
  });

  test("answers for a day with the order that was kept", async () => {
    const { store, calls, clock } = tableOf();
    await store.take(claim);
    await store.keep(claim, order);
    clock.now += DAY;
    expect(await store.take(claim)).toEqual({ placed: order });
    expect(await refusalOfPromise(store.take(other))).toEqual(USED);
    expect(calls[3]?.input).toEqual({ TableName: "keys", Key: { id: { S: "key" } }, ConsistentRead: true });
  });

  test.each([
    ["another order", other],
    ["the same order", claim],
  ])("after a day, the key is a new one, for %s", async (_what, later) => {
    const { store, clock } = tableOf();
    const first = await idOf(store.take(claim));
    await store.keep(claim, { ...order, id: first });
    clock.now += DAY + 1;
    const second = await idOf(store.take(later));
    expect(second).toMatch(UUID);
    expect(second).not.toBe(first);
  });

  test("lets nobody else take a claim while it is at work", async () => {
    const { store, clock } = tableOf();
    await store.take(claim);
    clock.now += 60;
    expect(await refusalOfPromise(store.take(claim))).toEqual(AT_WORK);
    expect(await refusalOfPromise(store.take(other))).toEqual(USED);
  });

  test("gives an abandoned claim's order id to the same order, and to no other", async () => {
    const { store, clock } = tableOf();
    const first = await idOf(store.take(claim));
    clock.now += 61;
    expect(await refusalOfPromise(store.take(other))).toEqual(USED);
    expect(await idOf(store.take(claim))).toBe(first);
    expect(await refusalOfPromise(store.take(claim))).toEqual(AT_WORK);
  });

  test("lets one of two take over an abandoned claim", async () => {
    const { store, clock } = tableOf();
    await store.take(claim);
    clock.now += 61;
    const both = await Promise.allSettled([store.take(claim), store.take(claim)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("gives a suspended claim's order id to the next request with the same order, at once", async () => {
    const { store, calls } = tableOf();
    const first = await idOf(store.take(claim));
    await store.suspend(claim, first);
    // DynamoDB refuses a number without a digit.
    expect(calls.at(-1)?.input).toMatchObject({ Item: { orderId: { S: first }, workUntil: { N: "0" } } });
    expect(await refusalOfPromise(store.take(other))).toEqual(USED);
    expect(await idOf(store.take(claim))).toBe(first);
  });

  test("frees a claim that is given back, for whatever order", async () => {
    const { store, calls } = tableOf();
    await store.take(claim);
    await store.release(claim);
    expect(calls.at(-1)?.input).toEqual({ TableName: "keys", Key: { id: { S: "key" } } });
    expect(await idOf(store.take(other))).toMatch(UUID);
  });

  test("knows its own claim when AWS carried it out and did not say so", async () => {
    const table = tableOf();
    table.fail = { PutItem: conflict };
    expect(await idOf(table.store.take(claim))).toBe(table.row?.orderId?.S);
  });

  test.each<[string, Row | undefined]>([
    ["a row that is gone again", undefined],
    ["a row without the end of its work", { fingerprint: { S: "print" }, orderId: { S: "o" } }],
    ["a row without an order", { fingerprint: { S: "print" }, workUntil: { N: "1" } }],
  ])("places nothing under %s", async (_what, row) => {
    const { store } = tableOf(row && { ...row, expiresAt: { N: "2000" } });
    const refusing = row === undefined ? storeWithout() : store;
    expect(await refusalOfPromise(refusing.take(claim))).toEqual(AT_WORK);
  });

  test.each([new AwsError("DynamoDB_20120810.PutItem", "ResourceNotFoundException"), lost])(
    "passes on what AWS says otherwise: %s",
    async (error) => {
      const table = tableOf();
      table.fail = { PutItem: error };
      await expect(table.store.take(claim)).rejects.toBe(error);
    },
  );

  test("keeps an order for a day from when it was placed", async () => {
    const { store, calls } = tableOf();
    await store.keep(claim, order);
    expect(calls[0]?.input).toEqual({
      TableName: "keys",
      Item: {
        id: { S: "key" },
        fingerprint: { S: "print" },
        answer: { S: '{"id":"o","totalCents":7}' },
        expiresAt: { N: "87400" },
      },
    });
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

/** A store that meets another's claim, and finds it given back when it looks. */
function storeWithout(): IdempotencyStore {
  return createIdempotencyStore(
    async ({ target }) => {
      if (target.endsWith("PutItem")) throw conflict;
      return {};
    },
    "keys",
    () => NOW,
  );
}

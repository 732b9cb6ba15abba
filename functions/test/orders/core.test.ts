import { describe, expect, test } from "vitest";
import { cancel, get, type OrdersEdges, place } from "../../src/orders/core.ts";
import type { IdempotencyStore } from "../../src/orders/idempotency.ts";
import { AwsError } from "../../src/shared/aws.ts";
import type { OrderCheck } from "../../src/shared/defences/order-permission.ts";
import type { LogRecord } from "../../src/shared/log.ts";
import type { Order } from "../../src/shared/orders.ts";
import { Refusal, Unanswerable } from "../../src/shared/refusal.ts";
import { type Answers, fakeDatabase } from "../support/database.ts";
import { alice, bob, carol, jsonEvent, ORDER_ID, requestOf } from "../support/events.ts";
import { refusalOfPromise } from "../support/refusals.ts";

const ROW = { id: ORDER_ID, company_id: "acme", status: "placed", note: null, discount_cents: 0, total_cents: 2400 };
const PLACING: Answers = { "SELECT sku": [{ sku: "MUG-1", price_cents: 1200 }], INSERT: 1, "SELECT id,": [] };
const UNWRITTEN = {
  level: "ERROR",
  event: "unwritten",
  requestId: "request-1",
  what: "idempotency",
  error: "AwsError",
  at: expect.any(Array),
};
const CLAIMED_ID = "0b9a8f1e-7c52-4d0b-8a39-5f4f6f7f1c55";
const BODY = { lines: [{ sku: "MUG-1", quantity: 2 }], note: "hi" };

function edgesOf(answers: Answers, kept?: Order | Error) {
  const database = fakeDatabase(answers);
  const steps: string[] = [];
  const idempotency: IdempotencyStore = {
    take: async () => {
      steps.push("take");
      if (kept instanceof Error) throw kept;
      return kept === undefined ? { orderId: CLAIMED_ID } : { placed: kept };
    },
    keep: async (_claim, order) => void steps.push(`keep ${order.totalCents}`),
    release: async () => void steps.push("release"),
    suspend: async (_claim, orderId) => void steps.push(`suspend ${orderId}`),
  };
  const records: LogRecord[] = [];
  return {
    database,
    idempotency,
    steps,
    records,
    log: (record: LogRecord) => void records.push(record),
  } satisfies OrdersEdges & Record<string, unknown>;
}

const placing = (body: unknown, key?: string) => ({
  principal: alice,
  event: jsonEvent("POST", "/orders", body, {
    headers: { "Content-Type": "application/json", ...(key === undefined ? {} : { "Idempotency-Key": key }) },
  }),
});

describe("placeOrder", () => {
  test("places an order in one transaction", async () => {
    const edges = edgesOf(PLACING);
    const answer = await place({ ...edges, now: () => new Date("2026-01-05T09:00:00Z") }, placing(BODY));
    expect(answer).toEqual({
      status: 201,
      json: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        companyId: "acme",
        status: "placed",
        lines: BODY.lines,
        note: "hi",
        totalCents: 2400,
        discountCents: 0,
      },
    });
    expect(edges.database.log).toEqual(["begin", "commit"]);
    expect(edges.database.sent[1]?.values).toContain("2026-01-05 09:00:00");
    expect(edges.steps).toEqual([]);
  });

  test.each([
    ["a discount", { ...BODY, discountCents: 1100 }, "order-schema"],
    ["a negative quantity", { lines: [{ sku: "MUG-1", quantity: -5 }] }, "order-schema"],
    ["600,000 characters", { ...BODY, note: "n".repeat(600_000) }, "body-limits"],
    ["half a body", '{"lines": [{"sku": ', "body-limits"],
  ])("sends nothing for %s", async (_what, body, defence) => {
    const edges = edgesOf({});
    expect(await refusalOfPromise(place(edges, placing(body)))).toMatchObject({ defence });
    expect(edges.database.sent).toEqual([]);
  });

  test("places an order with a key under the claim's id, and keeps it", async () => {
    const edges = edgesOf(PLACING);
    expect((await place(edges, placing(BODY, "k-1"))).json).toMatchObject({ id: CLAIMED_ID });
    expect(edges.steps).toEqual(["take", "keep 2400"]);
  });

  test("answers a key that was used with the order that was placed", async () => {
    const kept = { id: ORDER_ID, totalCents: 7 } as Order;
    const edges = edgesOf({}, kept);
    expect(await place(edges, placing(BODY, "k-1"))).toEqual({ status: 201, json: kept });
    expect(edges.database.sent).toEqual([]);
  });

  test("keeps the order of a request that died before it could", async () => {
    const edges = edgesOf({ "SELECT id,": [ROW], "SELECT order_id": [] });
    expect((await place(edges, placing(BODY, "k-1"))).json).toMatchObject({ id: ORDER_ID });
    expect(edges.steps).toEqual(["take", "keep 2400"]);
    expect(edges.database.log).toEqual([]);
  });

  test("gives the key back when the order cannot be placed", async () => {
    const edges = edgesOf({ ...PLACING, "SELECT sku": [] });
    expect(await refusalOfPromise(place(edges, placing(BODY, "k-1")))).toMatchObject({ status: 422 });
    expect(edges.steps).toEqual(["take", "release"]);
  });

  test.each([
    [
      "the database refuses it",
      new Refusal({ layer: "database", defence: "column", status: 422, detail: "" }),
      "release",
    ],
    ["the connection is lost", new Error("read ECONNRESET"), `suspend ${CLAIMED_ID}`],
  ])("when %s, it is certain or not that nothing was placed", async (_what, error, given) => {
    const edges = edgesOf({ ...PLACING, INSERT: error });
    await expect(place(edges, placing(BODY, "k-1"))).rejects.toBe(error);
    expect(edges.steps).toEqual(["take", given]);
  });

  test.each([
    [
      "give the key back",
      { "SELECT sku": [] },
      "release",
      { status: 422, detail: "The product of lines[0] is not on offer." },
    ],
    ["give the key up", { INSERT: new Error("read ECONNRESET") }, "suspend", { message: "read ECONNRESET" }],
  ] as const)("that it could not %s is logged, and the reason is answered", async (_what, answers, step, reason) => {
    const edges = edgesOf({ ...PLACING, ...(answers as Answers) });
    edges.idempotency[step] = () => Promise.reject(new AwsError("PutItem", "InternalServerError"));
    await expect(place(edges, placing(BODY, "k-1"))).rejects.toMatchObject(reason);
    expect(edges.records).toEqual([UNWRITTEN]);
  });

  test("that it could not keep the order is logged, and the order is answered", async () => {
    const edges = edgesOf(PLACING);
    edges.idempotency.keep = () => Promise.reject(new AwsError("PutItem", "InternalServerError"));
    expect(await place(edges, placing(BODY, "k-1"))).toMatchObject({ status: 201, json: { id: CLAIMED_ID } });
    expect(edges.records).toEqual([UNWRITTEN]);
  });

  test("does not give back a key that it did not get", async () => {
    const edges = edgesOf({}, new Unanswerable(409, "At work."));
    expect(await refusalOfPromise(place(edges, placing(BODY, "k-1")))).toMatchObject({ status: 409 });
    expect(edges.steps).toEqual(["take"]);
  });
});

const found = { "SELECT id,": [ROW], "SELECT order_id": [{ order_id: ORDER_ID, sku: "MUG-1", quantity: 2 }] };
const path = { pathParameters: { orderId: ORDER_ID } };
const ORDER = {
  id: ORDER_ID,
  companyId: "acme",
  status: "placed",
  lines: [{ sku: "MUG-1", quantity: 2 }],
  totalCents: 2400,
  discountCents: 0,
};

describe("getOrder", () => {
  test.each([alice, carol])("shows an order to its company and to an administrator", async (principal) => {
    expect(await get(edgesOf(found), requestOf(principal, path))).toEqual({ status: 200, json: ORDER, rows: 1 });
  });

  test("refuses another company", async () => {
    expect(await refusalOfPromise(get(edgesOf(found), requestOf(bob, path)))).toMatchObject({
      defence: "company-check",
    });
  });

  test("finds no order that is not there", async () => {
    expect(await refusalOfPromise(get(edgesOf({ "SELECT id,": [] }), requestOf(alice, path)))).toEqual({
      defence: "",
      status: 404,
      detail: "There is no such order.",
    });
    expect(await refusalOfPromise(get(edgesOf({}), requestOf(alice)))).toMatchObject({ status: 404 });
  });
});

describe("cancelOrder", () => {
  const cancelled = { status: 200, json: { ...ORDER, status: "cancelled" } };

  test("cancels an order that has been placed", async () => {
    const edges = edgesOf({ ...found, UPDATE: 1 });
    expect(await cancel(edges, requestOf(alice, path))).toEqual(cancelled);
    expect(edges.database.sent.at(-1)?.values).toEqual(["cancelled", ORDER_ID, "placed"]);
  });

  test("changes nothing about a cancelled order", async () => {
    const edges = edgesOf({ ...found, "SELECT id,": [{ ...ROW, status: "cancelled" }] });
    expect(await cancel(edges, requestOf(alice, path))).toEqual(cancelled);
  });

  test("does not cancel what has been shipped", async () => {
    const edges = edgesOf({ ...found, UPDATE: 0 });
    expect(await refusalOfPromise(cancel(edges, requestOf(alice, path)))).toEqual({
      defence: "",
      status: 409,
      detail: "The order has been shipped.",
    });
  });

  test("does not touch another company's order", async () => {
    const edges = edgesOf(found);
    expect(await refusalOfPromise(cancel(edges, requestOf(bob, path)))).toMatchObject({ defence: "company-check" });
    expect(edges.database.sent.map(({ sql }) => sql.slice(0, 6))).toEqual(["SELECT", "SELECT"]);
  });
});

describe("the policies are asked", () => {
  test.each([
    ["getOrder", get],
    ["cancelOrder", cancel],
  ] as const)("about %s, before the company's own check and before a change", async (operationId, run) => {
    const asked: unknown[] = [];
    const edges = edgesOf(found);
    const request = requestOf(bob, path);
    const checkOrder: OrderCheck = async (...question) => {
      asked.push(question);
      throw new Refusal({ layer: "permissions", defence: "order", status: 403, detail: "No." });
    };
    expect(await refusalOfPromise(run({ ...edges, checkOrder }, request))).toMatchObject({ defence: "order" });
    expect(asked).toEqual([[request, operationId, expect.objectContaining(ORDER)]]);
    expect(edges.database.sent.map(({ sql }) => sql.slice(0, 6))).toEqual(["SELECT", "SELECT"]);
  });

  test("and the company's own check stays behind them", async () => {
    const checkOrder: OrderCheck = async () => {};
    const refused = await refusalOfPromise(get({ ...edgesOf(found), checkOrder }, requestOf(bob, path)));
    expect(refused).toMatchObject({ defence: "company-check" });
  });
});

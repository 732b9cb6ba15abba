import { inspect } from "node:util";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { createDecisionCache } from "../../src/authorizer/decision-cache.ts";
import { authorizerEvent, authorizerOf, type TestPool } from "../support/authorizer.ts";
import { createTestPool } from "../support/tokens.ts";

describe("the decisions that are kept", () => {
  /** Every use of a cache in some order, with the times between them. */
  const steps = fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.record({ do: fc.constant("get" as const), token: fc.nat(5) }) },
      {
        weight: 3,
        arbitrary: fc.record({
          do: fc.constant("keep" as const),
          token: fc.nat(5),
          took: fc.nat(3000),
          lives: fc.integer({ min: -5, max: 60 }),
        }),
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant("wait" as const), milliseconds: fc.nat(15_000) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant("forget" as const), token: fc.nat(5) }) },
    ),
    { maxLength: 80 },
  );

  test("are never older than their time, never outlive the token, are never another token's, and never more than they may be", () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 4 }), (all, seconds, most) => {
        let time = 1_000_000;
        const cache = createDecisionCache<{ token: number; started: number; ends: number }>(
          seconds,
          { now: () => time, elapsed: () => time },
          most,
        );
        const forgotten = new Set<object>();
        const last = new Map<number, object>();
        for (const step of all) {
          if (step.do === "wait") time += step.milliseconds;
          else if (step.do === "forget") {
            cache.forget(String(step.token));
            const decision = last.get(step.token);
            if (decision) forgotten.add(decision);
          } else if (step.do === "keep") {
            const started = time;
            time += step.took;
            const decision = { token: step.token, started, ends: Math.floor(time / 1000) + step.lives };
            cache.keep(String(step.token), decision, started, decision.ends);
            last.set(step.token, decision);
          } else {
            const found = cache.get(String(step.token));
            if (found === undefined) continue;
            expect(found.token).toBe(step.token);
            expect(found).toBe(last.get(step.token));
            expect(forgotten.has(found)).toBe(false);
            expect(time - found.started).toBeLessThan(seconds * 1000);
            expect(time / 1000).toBeLessThan(found.ends);
          }
        }
        const left = [0, 1, 2, 3, 4, 5].filter((token) => cache.get(String(token)) !== undefined);
        expect(left.length).toBeLessThanOrEqual(most);
      }),
      { numRuns: 2000 },
    );
  });

  test("are used, until their time is over", () => {
    let time = 0;
    const cache = createDecisionCache<string>(20, { now: () => time, elapsed: () => time });
    cache.keep("a", "allow", 0, 3600);
    time = 19_999;
    expect(cache.get("a")).toBe("allow");
    time = 20_000;
    expect(cache.get("a")).toBeUndefined();
    time = 0;
    expect(cache.get("a")).toBeUndefined();
  });

  test("give way to newer ones, the oldest first", () => {
    const cache = createDecisionCache<string>(20, { now: () => 0, elapsed: () => 0 }, 2);
    for (const token of ["a", "b", "a", "c"]) cache.keep(token, token, 0, 10);
    expect(["a", "b", "c"].map((token) => cache.get(token))).toEqual(["a", undefined, "c"]);
  });

  test("are used until the token ends, and not in that second", () => {
    let time = 0;
    const cache = createDecisionCache<string>(20, { now: () => time, elapsed: () => 0 });
    cache.keep("a", "allow", 0, 10);
    time = 9_999;
    expect(cache.get("a")).toBe("allow");
    time = 10_000;
    expect(cache.get("a")).toBeUndefined();
  });

  test("give way to no decision about their own token", () => {
    const cache = createDecisionCache<string>(20, { now: () => 0, elapsed: () => 0 }, 2);
    for (const token of ["a", "b", "b"]) cache.keep(token, token, 0, 10);
    expect(["a", "b"].map((token) => cache.get(token))).toEqual(["a", "b"]);
  });

  test("do not hold the token", async () => {
    const sets: Map<string, unknown>[] = [];
    class Spy extends Map<string, unknown> {
      constructor() {
        super();
        sets.push(this);
      }
    }
    const original = globalThis.Map;
    globalThis.Map = Spy as MapConstructor;
    try {
      createDecisionCache<string>(20).keep("header.claims.signature", "allow", 0, 10);
    } finally {
      globalThis.Map = original;
    }
    expect(sets[0]?.size).toBe(1);
    expect(inspect([...(sets[0]?.entries() ?? [])], { depth: 9 })).not.toMatch(/header|claims|signature/);
  });
});

describe("the authorizer with kept decisions", () => {
  let pool: TestPool;
  beforeAll(async () => {
    pool = await createTestPool();
  });

  test("asks once for a token's next requests, on whichever route", async () => {
    const { authorize, counts } = authorizerOf(pool);
    const token = await pool.sign();
    const first = await authorize(authorizerEvent(token));
    expect(await authorize(authorizerEvent(token, "GET/admin/orders"))).toEqual(first);
    expect(counts).toEqual({ keySets: 1, reads: 1 });
  });

  test("keeps none where none is to be kept", async () => {
    const { authorize, counts } = authorizerOf(pool, { decisionSeconds: 0 });
    const token = await pool.sign();
    for (let index = 0; index < 3; index++) await authorize(authorizerEvent(token));
    expect(counts.reads).toBe(3);
  });

  test("keeps no refusal: who is let in again is let in at once", async () => {
    const { lets, rows } = authorizerOf(pool);
    const token = await pool.sign({ origin_jti: "first" });
    rows.push({ id: { S: "session#first" } });
    expect(await lets(authorizerEvent(token))).toBe(false);
    rows.pop();
    expect(await lets(authorizerEvent(token))).toBe(true);
  });

  test("forgets the decision of a token whose sign-out it lets pass", async () => {
    const { lets, rows } = authorizerOf(pool);
    const token = await pool.sign({ origin_jti: "first" });
    expect(await lets(authorizerEvent(token))).toBe(true);
    expect(await lets(authorizerEvent(token, "DELETE/session"))).toBe(true);
    rows.push({ id: { S: "session#first" } });
    expect(await lets(authorizerEvent(token))).toBe(false);
  });

  test("counts a decision's time from before it asked, so that a slow answer makes it no younger", async () => {
    const { authorize, lets, rows, time } = authorizerOf(pool, {
      beforeAnswer: async () => {
        time.seconds += 15;
      },
    });
    const token = await pool.sign({ origin_jti: "first" });
    await authorize(authorizerEvent(token));
    rows.push({ id: { S: "session#first" } });
    time.seconds += 4;
    expect(await lets(authorizerEvent(token))).toBe(true);
    time.seconds += 1;
    expect(await lets(authorizerEvent(token))).toBe(false);
  });

  test("honours a revocation within 60 seconds, API Gateway's own cache included, whenever it was asked before", async () => {
    const TTL = 30;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(20), { minLength: 1, maxLength: 25 }),
        fc.nat(24),
        fc.constantFrom("session#first", "user#user-alice"),
        async (waits, position, id) => {
          const { lets, rows, time } = authorizerOf(pool, { resultTtlSeconds: TTL });
          const token = await pool.sign({ origin_jti: "first" });
          let kept: { until: number; allows: boolean } | undefined;
          let revokedAt = Number.POSITIVE_INFINITY;
          for (const [index, wait] of waits.entries()) {
            if (index === position % waits.length) {
              revokedAt = time.seconds;
              rows.push({ id: { S: id }, notBefore: { N: String(time.seconds + 1) } });
            }
            time.seconds += wait;
            // What API Gateway does with the answers (authorizerResultTtlInSeconds).
            if (kept === undefined || kept.until <= time.seconds) {
              kept = { until: time.seconds + TTL, allows: await lets(authorizerEvent(token)) };
              if (!kept.allows) kept = { until: 0, allows: false };
            }
            if (kept.allows) expect(time.seconds - revokedAt).toBeLessThan(55);
            else expect(time.seconds).toBeGreaterThanOrEqual(revokedAt);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("lets no answer outlive the token, API Gateway's own cache included", async () => {
    const { lets, time } = authorizerOf(pool, { resultTtlSeconds: 30 });
    const exp = time.seconds + 100;
    const token = await pool.sign({ exp });
    let last = 0;
    for (let second = 0; second < 110; second += 1) {
      if (await lets(authorizerEvent(token))) last = time.seconds + 30;
      time.seconds += 1;
    }
    expect(last).toBeLessThanOrEqual(exp);
    expect(last).toBeGreaterThan(exp - 5);
  });
});

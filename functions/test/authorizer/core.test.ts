import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type AuthorizerEvent, createAuthorizer } from "../../src/authorizer/core.ts";
import { createDecisionCache } from "../../src/authorizer/decision-cache.ts";
import type { ProtectedOperation } from "../../src/authorizer/env.ts";
import type { LogRecord } from "../../src/shared/log.ts";
import { API, authorizerOf, bytesOf, authorizerEvent as event, failing, type TestPool } from "../support/authorizer.ts";
import { createTestPool } from "../support/tokens.ts";

let pool: TestPool;
let alice: string;
let made: ReturnType<typeof authorizerOf>;

beforeAll(async () => {
  pool = await createTestPool();
});

beforeEach(async () => {
  alice = await pool.sign();
  made = authorizerOf(pool);
});

const unauthorized = new Error("Unauthorized");
const denied = (defence: string, requestId = "r") => ({
  level: "WARN",
  event: "denied",
  layer: "authorizer",
  defence,
  requestId,
  status: 401,
});
const failed = (dependency: string, error: string) => ({
  level: "ERROR",
  event: "failed",
  layer: "authorizer",
  defence: "fail-closed",
  dependency,
  requestId: "r",
  status: 401,
  error,
  at: expect.any(Array),
});

describe("the authorizer", () => {
  test("returns the whole list of what the caller may call, and who the caller is", async () => {
    expect(await made.authorize(event(alice))).toEqual({
      principalId: "user-alice",
      policyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "execute-api:Invoke",
            Resource: [`${API}/prod/GET/orders/*`, `${API}/prod/DELETE/session`],
          },
        ],
      },
      context: { userId: "user-alice", companyId: "acme", groups: "partner,company:acme" },
    });
    expect(made.log).toEqual([]);
  });

  test("returns the same list for an operation that is not on it, and logs the refusal", async () => {
    const allowed = await made.authorize(event(alice));
    expect(await made.authorize(event(alice, "GET/admin/orders"))).toEqual(allowed);
    expect(made.log).toEqual([{ ...denied("allow-list"), status: 403 }]);
  });

  test("answers an authorizer of the type TOKEN, which is given neither headers nor the operation", async () => {
    const asked = { type: "TOKEN", authorizationToken: `Bearer ${alice}`, methodArn: `${API}/prod/GET/orders/1` };
    expect((await made.authorize(asked)).principalId).toBe("user-alice");
    await expect(made.authorize({ ...asked, authorizationToken: alice })).rejects.toThrow(unauthorized);
    expect(made.log).toEqual([denied("identity-source", "")]);
  });

  test("logs that a caller of no group is denied everything", async () => {
    const nobody = await pool.sign({ "cognito:groups": undefined });
    expect((await made.authorize(event(nobody))).policyDocument.Statement[0]?.Effect).toBe("Deny");
    expect(made.log).toHaveLength(1);
  });

  test("keeps lists of two stages and of two callers apart", async () => {
    const resources = async (token: string, stage: string) => {
      const result = await made.authorize(event(token, "GET/orders/1", { methodArn: `${API}/${stage}/GET/orders/1` }));
      return result.policyDocument.Statement[0]?.Resource;
    };
    const carol = await pool.sign({ sub: "user-carol", "cognito:groups": ["admin"] });
    const partner = await resources(alice, "prod");
    expect(await resources(carol, "prod")).toHaveLength(2);
    expect(await resources(carol, "dev")).toContain(`${API}/dev/GET/admin/orders`);
    expect(partner).toEqual([`${API}/prod/GET/orders/*`, `${API}/prod/DELETE/session`]);
    expect(await resources(alice, "prod")).toEqual(partner);
  });

  test("keeps lists of groups apart whose names are one text together", async () => {
    const split = await pool.sign({ "cognito:groups": ["part", "ner", "company:acme"] });
    expect((await made.authorize(event(alice))).policyDocument.Statement[0]?.Effect).toBe("Allow");
    expect((await made.authorize(event(split))).policyDocument.Statement[0]?.Effect).toBe("Deny");
  });

  test("makes the list of a stage once, for up to 500 stages", async () => {
    const listOf = async (stage: number) => {
      const answer = await made.authorize(event(alice, "GET/orders/1", { methodArn: `${API}/s${stage}/GET/orders/1` }));
      return answer.policyDocument.Statement;
    };
    const first = await listOf(0);
    for (let stage = 1; stage < 500; stage += 1) await listOf(stage);
    expect(await listOf(0)).toBe(first);
    await listOf(500);
    expect(await listOf(0)).not.toBe(first);
    expect(await listOf(0)).toEqual(first);
  });

  test("logs a request that its own list denies by name", async () => {
    const audit: ProtectedOperation = {
      operationId: "audit",
      method: "GET",
      path: "/orders/{orderId}/audit",
      groups: ["admin"],
      identityHeader: "Authorization",
    };
    const order = { ...audit, operationId: "getOrder", path: "/orders/{orderId}", groups: ["partner"] };
    const log: LogRecord[] = [];
    const time = Date.now();
    const authorize = createAuthorizer({
      operations: [order, audit],
      checkApi: () => {},
      verify: async () => ({ sub: "user-alice", iat: 0, exp: time, "cognito:groups": ["partner", "company:acme"] }),
      decisions: createDecisionCache(0),
      clock: { now: () => time, elapsed: () => 0 },
      log: (record) => log.push(record),
    });
    await authorize(event(alice));
    expect(log).toEqual([]);
    const asked = event(alice, "GET/orders/1/audit", { resource: audit.path });
    expect((await authorize(asked)).policyDocument.Statement).toEqual([
      { Effect: "Allow", Action: "execute-api:Invoke", Resource: [`${API}/prod/GET/orders/*`] },
      { Effect: "Deny", Action: "execute-api:Invoke", Resource: [`${API}/prod/GET/orders/*/audit`] },
    ]);
    expect(log).toEqual([{ ...denied("allow-list"), status: 403 }]);
  });

  test("asks policies about every operation, also where no token can be revoked", async () => {
    const asked: unknown[] = [];
    const time = Date.now();
    const operation = (operationId: string): ProtectedOperation => ({
      operationId,
      method: "GET",
      path: `/${operationId}`,
      groups: ["partner"],
      identityHeader: "Authorization",
    });
    const authorize = createAuthorizer({
      operations: [operation("one"), operation("two")],
      checkApi: () => {},
      verify: async () => ({ sub: "user-alice", iat: 0, exp: time, "cognito:groups": ["partner", "company:acme"] }),
      permissions: {
        isAuthorized: async () => false,
        batchIsAuthorizedWithToken: async (token, operations) => {
          asked.push([token, operations]);
          return ["two"];
        },
      },
      decisions: createDecisionCache(0),
      clock: { now: () => time, elapsed: () => 0 },
      log: () => {},
    });
    const answer = await authorize(event("a.b.c", "GET/one", { resource: "/one" }));
    expect(asked).toEqual([["a.b.c", ["one", "two"]]]);
    expect(answer.policyDocument.Statement).toEqual([
      { Effect: "Allow", Action: "execute-api:Invoke", Resource: [`${API}/prod/GET/two`] },
    ]);
  });

  test("does not remember more than 500 lists", async () => {
    for (let index = 0; index <= 500; index++) {
      const methodArn = `${API}/stage${index}/GET/orders/1`;
      const result = await made.authorize(event(alice, "GET/orders/1", { methodArn }));
      expect(result.policyDocument.Statement[0]?.Resource[0]).toBe(`${API}/stage${index}/GET/orders/*`);
    }
  });

  test.each<[string, string, () => Partial<AuthorizerEvent> | Promise<Partial<AuthorizerEvent>>]>([
    ["no token", "identity-source", () => ({ headers: {} })],
    [
      // API Gateway would keep alice's policy under "Authorization: Session", for whoever sends that next.
      "a token elsewhere",
      "identity-source",
      () => ({ headers: { Authorization: "Session", Cookie: `__Host-session=${alice}` } }),
    ],
    ["an operation that is not known", "identity-source", () => ({ resource: "/elsewhere" })],
    ["a token that is not valid", "token", () => ({ headers: { Authorization: "Bearer x.y.z" } })],
    [
      "a token of two companies",
      "token",
      async () => ({
        headers: { Authorization: `Bearer ${await pool.sign({ "cognito:groups": ["company:a", "company:b"] })}` },
      }),
    ],
    [
      "an API of another account",
      "known-api",
      () => ({ methodArn: "arn:aws:execute-api:eu-west-1:444455556666:api1/prod/GET/orders/1" }),
    ],
    ["an event of another kind", "token", () => ({ methodArn: undefined as unknown as string })],
  ])("says Unauthorized and nothing else to %s", async (_what, defence, change) => {
    await expect(made.authorize(event(alice, "GET/orders/1", await change()))).rejects.toThrow(unauthorized);
    expect(made.log).toEqual([denied(defence)]);
  });

  test("takes the token from the header that the operation's authorizer is asked with, and from no other", async () => {
    const cookie = { Cookie: `__Host-session=${alice}` };
    const bearer = { Authorization: `Bearer ${alice}`, Cookie: "lang=en" };
    expect((await made.authorize(event("", "DELETE/session", { headers: cookie }))).principalId).toBe("user-alice");
    await expect(made.authorize(event("", "DELETE/session", { headers: bearer }))).rejects.toThrow(unauthorized);
    expect((await made.authorize(event("", "GET/orders/1", { headers: bearer }))).principalId).toBe("user-alice");
    await expect(made.authorize(event("", "GET/orders/1", { headers: cookie }))).rejects.toThrow(unauthorized);
  });
});

describe("what the authorizer depends on", () => {
  test("no key set: refused, with what did not answer and not that a token was refused", async () => {
    const lost = new DOMException(`token ${alice} timed out`, "TimeoutError");
    made = authorizerOf(pool, { fetchKeys: () => Promise.reject(lost) });
    await expect(made.authorize(event(alice))).rejects.toThrow(unauthorized);
    expect(made.log).toEqual([failed("key-set", "TimeoutError")]);
  });

  test("no table of revocations: refused", async () => {
    made = authorizerOf(pool, { call: failing("ProvisionedThroughputExceededException") });
    await expect(made.authorize(event(alice))).rejects.toThrow(unauthorized);
    expect(made.log).toEqual([failed("dynamodb", "AwsError")]);
  });

  test("no answer of any of them in 1.8 seconds: refused, and not a moment later", async () => {
    made = authorizerOf(pool, { call: () => new Promise(() => {}) });
    const started = performance.now();
    await expect(made.authorize(event(alice))).rejects.toThrow(unauthorized);
    expect(performance.now() - started).toBeLessThan(2000);
    expect(made.log).toEqual([failed("decision", "Error ETIMEDOUT")]);
  });

  test("an answer that takes a tenth of a second is waited for", async () => {
    made = authorizerOf(pool, { beforeAnswer: () => sleep(100) });
    expect((await made.authorize(event(alice))).principalId).toBe("user-alice");
  });

  test("what the key set has taken is taken from the time of the rest", async () => {
    made = authorizerOf(pool, {
      fetchKeys: async () => {
        made.time.seconds += 1;
        return bytesOf(pool.jwks);
      },
      call: () => new Promise(() => {}),
    });
    const started = performance.now();
    await expect(made.authorize(event(alice))).rejects.toThrow(unauthorized);
    expect(performance.now() - started).toBeLessThan(1700);
    expect(made.log).toEqual([failed("decision", "Error ETIMEDOUT")]);
  });

  test.each([-600, 600])("a clock that is %i seconds off API Gateway's: refused", async (seconds) => {
    const requestTimeEpoch = made.time.seconds * 1000 - seconds * 1000;
    const asked = event(alice, "GET/orders/1", { requestContext: { requestId: "r", requestTimeEpoch } });
    await expect(made.authorize(asked)).rejects.toThrow(unauthorized);
    expect(made.log).toEqual([failed("clock", "RangeError")]);
    asked.requestContext = { requestId: "r", requestTimeEpoch: made.time.seconds * 1000 - 20_000 };
    await expect(made.authorize(asked)).resolves.toBeTruthy();
  });

  test("policies that allow nothing, and policies that do not answer: refused, whatever the groups are", async () => {
    const permissions = { isAuthorized: async () => false, batchIsAuthorizedWithToken: async () => [] as string[] };
    made = authorizerOf(pool, { permissions });
    expect((await made.authorize(event(alice))).policyDocument.Statement).toEqual([
      { Effect: "Deny", Action: "execute-api:Invoke", Resource: [`${API}/prod/*`] },
    ]);
    made = authorizerOf(pool, {
      permissions: { ...permissions, batchIsAuthorizedWithToken: () => Promise.reject(new TypeError("no decision")) },
    });
    await expect(made.authorize(event(alice))).rejects.toThrow(unauthorized);
  });
});

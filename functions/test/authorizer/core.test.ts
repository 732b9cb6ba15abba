import { beforeEach, describe, expect, test } from "vitest";
import { type AuthorizerEvent, createAuthorizer } from "../../src/authorizer/core.ts";
import type { TokenClaims } from "../../src/authorizer/defences/token.ts";
import type { ProtectedOperation } from "../../src/authorizer/env.ts";
import type { LogRecord } from "../../src/shared/log.ts";
import { DependencyFault } from "../../src/shared/refusal.ts";

const PREFIX = "arn:aws:execute-api:eu-west-1:123456789012:api1";
const OPERATIONS: ProtectedOperation[] = [
  {
    operationId: "getOrder",
    method: "GET",
    path: "/orders/{orderId}",
    groups: ["partner", "admin"],
    identityHeader: "Authorization",
  },
  {
    operationId: "listAllOrders",
    method: "GET",
    path: "/admin/orders",
    groups: ["admin"],
    identityHeader: "Authorization",
  },
  {
    operationId: "signOut",
    method: "DELETE",
    path: "/session",
    groups: ["partner"],
    identityHeader: "Cookie",
  },
];

let log: LogRecord[];
let claims: TokenClaims | Error;
let authorize: ReturnType<typeof createAuthorizer>;

beforeEach(() => {
  log = [];
  claims = { sub: "user-alice", "cognito:groups": ["partner", "company:acme"] };
  authorize = createAuthorizer(
    async (token) => {
      if (token !== "a.b.c" || claims instanceof Error) throw claims;
      return claims;
    },
    OPERATIONS,
    (record) => log.push(record),
  );
});

const event = (path: string, more: Partial<AuthorizerEvent> = {}): AuthorizerEvent => ({
  headers: { Authorization: "Bearer a.b.c" },
  methodArn: `${PREFIX}/prod/${path}`,
  httpMethod: path.split("/", 1).join(),
  resource: path === "GET/orders/1" ? "/orders/{orderId}" : path.slice(path.indexOf("/")),
  requestContext: { requestId: "r" },
  ...more,
});

describe("the authorizer", () => {
  test("returns the whole list of what the caller may call, and who the caller is", async () => {
    expect(await authorize(event("GET/orders/1"))).toEqual({
      principalId: "user-alice",
      policyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "execute-api:Invoke",
            Resource: [`${PREFIX}/prod/GET/orders/*`, `${PREFIX}/prod/DELETE/session`],
          },
        ],
      },
      context: { userId: "user-alice", companyId: "acme", groups: "partner,company:acme" },
    });
    expect(log).toEqual([]);
  });

  test("returns the same list for an operation that is not on it, and logs the refusal", async () => {
    const allowed = await authorize(event("GET/orders/1"));
    expect(await authorize(event("GET/admin/orders"))).toEqual(allowed);
    expect(log).toEqual([
      { level: "WARN", event: "denied", layer: "authorizer", defence: "allow-list", requestId: "r", status: 403 },
    ]);
  });

  test("logs that a caller of no group is denied everything", async () => {
    claims = { sub: "u" };
    expect((await authorize(event("GET/orders/1"))).policyDocument.Statement[0]?.Effect).toBe("Deny");
    expect(log).toHaveLength(1);
  });

  test("keeps lists of two stages and of two callers apart", async () => {
    const resources = async (path: string, stage: string) => {
      const result = await authorize(event(path, { methodArn: `${PREFIX}/${stage}/${path}` }));
      return result.policyDocument.Statement[0]?.Resource;
    };
    const partner = await resources("GET/orders/1", "prod");
    claims = { sub: "user-carol", "cognito:groups": ["admin"] };
    expect(await resources("GET/orders/1", "prod")).toHaveLength(2);
    expect(await resources("GET/orders/1", "dev")).toContain(`${PREFIX}/dev/GET/admin/orders`);
    expect(partner).toEqual([`${PREFIX}/prod/GET/orders/*`, `${PREFIX}/prod/DELETE/session`]);
  });

  test("does not remember more than 500 lists", async () => {
    for (let index = 0; index < 501; index++) {
      claims = { sub: "u", "cognito:groups": ["partner", `company:${index}`] };
      expect((await authorize(event("GET/orders/1"))).context.companyId).toBe(String(index));
    }
  });

  test.each<[string, () => Partial<AuthorizerEvent>]>([
    ["no token", () => ({ headers: {} })],
    // API Gateway would keep alice's policy under "Authorization: Session", for whoever sends that next.
    ["a token elsewhere", () => ({ headers: { Authorization: "Session", Cookie: "__Host-session=a.b.c" } })],
    ["an operation that is not known", () => ({ resource: "/elsewhere" })],
    ["a token that is not valid", () => ({ headers: { Authorization: "Bearer x.y.z" } })],
    [
      "a verifier that fails",
      () => {
        claims = new Error("getaddrinfo ENOTFOUND cognito-idp; token a.b.c");
        return {};
      },
    ],
    [
      "a token of two companies",
      () => {
        claims = { sub: "u", "cognito:groups": ["company:a", "company:b"] };
        return {};
      },
    ],
    ["an event of another kind", () => ({ methodArn: undefined as unknown as string, requestContext: undefined })],
  ])("says Unauthorized and nothing else to %s", async (_what, change) => {
    const changed = change();
    await expect(authorize(event("GET/orders/1", changed))).rejects.toThrow(new Error("Unauthorized"));
    const requestId = "requestContext" in changed ? "" : "r";
    expect(log).toEqual([
      { level: "WARN", event: "denied", layer: "authorizer", defence: "token", requestId, status: 401 },
    ]);
  });

  test("refuses a token that could not be checked, and logs what did not answer, not that a token was refused", async () => {
    claims = new DependencyFault("key-set", new DOMException("token a.b.c timed out", "TimeoutError"));
    await expect(authorize(event("GET/orders/1"))).rejects.toThrow(new Error("Unauthorized"));
    expect(log).toEqual([
      {
        level: "ERROR",
        event: "failed",
        layer: "authorizer",
        dependency: "key-set",
        requestId: "r",
        status: 401,
        error: "TimeoutError",
        at: expect.any(Array),
      },
    ]);
  });

  test("takes the token from the header that the operation's authorizer is asked with, and from no other", async () => {
    const cookie = { Cookie: "__Host-session=a.b.c" };
    const bearer = { Authorization: "Bearer a.b.c", Cookie: "lang=en" };
    expect((await authorize(event("DELETE/session", { headers: cookie }))).principalId).toBe("user-alice");
    await expect(authorize(event("DELETE/session", { headers: bearer }))).rejects.toThrow(new Error("Unauthorized"));
    expect((await authorize(event("GET/orders/1", { headers: bearer }))).principalId).toBe("user-alice");
    await expect(authorize(event("GET/orders/1", { headers: cookie }))).rejects.toThrow(new Error("Unauthorized"));
  });
});

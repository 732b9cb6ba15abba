import { type AuthorizerEvent, createAuthorizer } from "../../src/authorizer/core.ts";
import { createDecisionCache } from "../../src/authorizer/decision-cache.ts";
import { createApiCheck } from "../../src/authorizer/defences/known-api.ts";
import { createRevocationCheck } from "../../src/authorizer/defences/revocation.ts";
import { createTokenVerifier } from "../../src/authorizer/defences/token.ts";
import type { ProtectedOperation } from "../../src/authorizer/env.ts";
import { type AwsCall, AwsError } from "../../src/shared/aws.ts";
import type { LogRecord } from "../../src/shared/log.ts";
import type { Permissions } from "../../src/shared/permissions.ts";
import { CLIENT_ID, type createTestPool, SCOPE, USER_POOL_ID } from "./tokens.ts";

export const FUNCTION_ARN = "arn:aws:lambda:eu-west-1:123456789012:function:authorizer:live";
export const API = "arn:aws:execute-api:eu-west-1:123456789012:api1";

/** A user pool that signs tokens. */
export type TestPool = Awaited<ReturnType<typeof createTestPool>>;

/** Three operations: for partners and administrators, for administrators, and one that is asked with the cookie. */
export const OPERATIONS: ProtectedOperation[] = [
  operation("getOrder", "GET", "/orders/{orderId}", ["partner", "admin"]),
  operation("listAllOrders", "GET", "/admin/orders", ["admin"]),
  { ...operation("signOut", "DELETE", "/session", ["partner"]), identityHeader: "Cookie" },
];

function operation(operationId: string, method: string, path: string, groups: string[]): ProtectedOperation {
  return { operationId, method, path, groups, identityHeader: "Authorization" };
}

/** A row of the table of revocations. */
export type RevocationRow = Record<string, { S?: string; N?: string }>;

/** The whole authorizer, with everything real but the network and the time. */
export function authorizerOf(pool: TestPool, options: AuthorizerOptions = {}) {
  const rows: RevocationRow[] = [];
  const log: LogRecord[] = [];
  const counts = { keySets: 0, reads: 0 };
  const time = { seconds: Math.floor(Date.now() / 1000) };
  const clock = { now: () => time.seconds * 1000, elapsed: () => time.seconds * 1000 };
  const { fetchKeys = async () => bytesOf(pool.jwks), beforeAnswer = async () => {} } = options;
  const dynamo = async ({ input }: AwsCall) => {
    counts.reads += 1;
    const [request] = Object.values(input.RequestItems as Record<string, { Keys: RevocationRow[] }>);
    const ids = request?.Keys.map(({ id }) => id?.S);
    const found = rows.filter(({ id }) => ids?.includes(id?.S));
    await beforeAnswer();
    return { Responses: { revoked: found }, UnprocessedKeys: {} };
  };
  const authorize = createAuthorizer({
    operations: OPERATIONS,
    unkeptOperations: ["signOut"],
    resultTtlSeconds: options.resultTtlSeconds ?? 30,
    checkApi: createApiCheck(options.knownApis ?? []),
    verify: createTokenVerifier(
      {
        userPoolIds: [USER_POOL_ID],
        clientIds: [CLIENT_ID],
        requiredScopes: [SCOPE],
        jwksUris: [],
        resultTtlSeconds: options.resultTtlSeconds ?? 30,
      },
      async () => {
        counts.keySets += 1;
        return await fetchKeys();
      },
      clock,
    ),
    checkRevocation: createRevocationCheck(options.call ?? dynamo, options.table ?? "revoked"),
    permissions: options.permissions,
    decisions: createDecisionCache(options.decisionSeconds ?? 20, clock),
    clock,
    log: (record) => log.push(record),
  });
  return {
    rows,
    log,
    counts,
    time,
    authorize: (event: AuthorizerEvent) => authorize(event, { invokedFunctionArn: FUNCTION_ARN }),
    /** Whether the answer lets the event's own request pass; false when there is none. */
    lets: async (event: AuthorizerEvent): Promise<boolean> => {
      const before = log.length;
      const answer = await authorize(event, { invokedFunctionArn: FUNCTION_ARN }).catch(() => undefined);
      return answer !== undefined && log.length === before;
    },
  };
}

interface AuthorizerOptions {
  fetchKeys?: () => Promise<ArrayBuffer>;
  call?: (call: AwsCall) => Promise<Record<string, unknown>>;
  /** Runs between the reading of the table and its answer. */
  beforeAnswer?: () => Promise<void>;
  table?: string;
  permissions?: Permissions;
  resultTtlSeconds?: number;
  decisionSeconds?: number;
  knownApis?: string[];
}

/** The event of a request, e.g. of `GET/orders/1`, with the token in the header of the operation. */
export function authorizerEvent(
  token: string,
  path = "GET/orders/1",
  more: Partial<AuthorizerEvent> = {},
): AuthorizerEvent {
  const cookie = path === "DELETE/session";
  return {
    type: "REQUEST",
    headers: cookie ? { Cookie: `__Host-session=${token}` } : { Authorization: `Bearer ${token}` },
    methodArn: `${API}/prod/${path}`,
    httpMethod: path.split("/", 1).join(),
    resource: path === "GET/orders/1" ? "/orders/{orderId}" : path.slice(path.indexOf("/")),
    requestContext: { requestId: "r" },
    ...more,
  };
}

export function bytesOf(value: unknown): ArrayBuffer {
  return new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value)).buffer as ArrayBuffer;
}

/** A table that answers with an error. */
export const failing = (code: string) => async () => {
  throw new AwsError("DynamoDB_20120810.BatchGetItem", code);
};

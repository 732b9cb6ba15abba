/** The functions' operations are those of openapi.yaml: the same routes, the same groups, each served by one function. */
import { expect, test } from "vitest";
import { loadOpenApi } from "../build/openapi.ts";
import { adminOperations } from "../src/admin/operations.ts";
import { cartsOperations } from "../src/carts/operations.ts";
import { catalogOperations } from "../src/catalog/operations.ts";
import { orderImportOperations } from "../src/order-import/operations.ts";
import { ordersOperations } from "../src/orders/operations.ts";
import { partnersOperations } from "../src/partners/operations.ts";
import { receiptOperations } from "../src/receipt/operations.ts";
import { sessionEdges } from "../src/session/edges.ts";
import { sessionOperations } from "../src/session/operations.ts";
import { signCart } from "../src/shared/defences/cart-signature.ts";
import { createApiHandler, type Operation } from "../src/shared/function.ts";
import { cartKeys } from "./support/cart-keys.ts";
import { fakeDatabase } from "./support/database.ts";
import { alice, apiEvent, carol, contextOf, jsonEvent, ORDER_ID } from "./support/events.ts";
import { sessionAws, tokensAnswer } from "./support/session-aws.ts";

const ORDER = { id: ORDER_ID, company_id: "acme", status: "placed", note: null, discount_cents: 0, total_cents: 1 };
const database = fakeDatabase({
  "SELECT sku, price": [{ sku: "MUG-1", price_cents: 1200 }],
  "SELECT sku, name": [],
  "SELECT order_id": [],
  "SELECT id, sku": [],
  "SELECT id,": [ORDER],
  INSERT: 1,
  UPDATE: 1,
});
const KEYS = cartKeys();
const operations: Operation[] = [
  ...adminOperations(database),
  ...cartsOperations({ database, keys: KEYS }),
  ...catalogOperations(database),
  ...orderImportOperations(database),
  ...ordersOperations({
    database,
    idempotency: {
      take: async () => ({ orderId: "o" }),
      keep: async () => {},
      release: async () => {},
      suspend: async () => {},
    },
    log: () => {},
  }),
  ...partnersOperations,
  ...receiptOperations(database),
  ...sessionOperations({
    ...sessionEdges(
      sessionAws({
        AdminInitiateAuth: tokensAnswer("a.b.c", "r-1"),
        AdminRespondToAuthChallenge: tokensAnswer("a.b.c", "r-1"),
        GetTokensFromRefreshToken: tokensAnswer("a.b.c", "r-2"),
        DeleteItem: {
          Attributes: {
            name: { S: "SOFTWARE_TOKEN_MFA" },
            session: { S: "s" },
            username: { S: "alice" },
            expiresAt: { N: "9999999999" },
          },
        },
        RevokeToken: {},
      }).call,
      { userPoolId: "p", clientId: "c", revocationTable: "t", refreshSeconds: 60 },
    ),
    exchange: async () => ({ accessToken: "a.b.c", accessSeconds: 60, refreshToken: "r" }),
  }),
];

interface Documented {
  operationId?: string;
  "x-palisade-groups"?: string[];
  security?: Record<string, unknown>[];
}

/** Where a cookie says who calls, or a session begins, only the page itself may call; a receipt is opened by a link from anywhere. */
const isFromPage = (path: string, { operationId, security }: Documented) =>
  operationId !== "getReceipt" && (path.startsWith("/session") || (security ?? []).some((one) => "cookie" in one));

test("are the operations of the document", () => {
  const { paths } = loadOpenApi() as { paths: Record<string, Record<string, Documented>> };
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.operationId !== undefined)
      .map(([method, operation]) => ({
        operationId: operation.operationId,
        method: method.toUpperCase(),
        path,
        groups: operation["x-palisade-groups"] ?? "everybody",
        ...(isFromPage(path, operation) && { fromPage: true }),
      })),
  );
  const byId = (a: { operationId?: string }, b: { operationId?: string }) =>
    String(a.operationId).localeCompare(String(b.operationId));
  expect(operations.map(({ run: _run, ...operation }) => operation).sort(byId)).toEqual(documented.sort(byId));
});

const JSON_BODIES: Record<string, unknown> = {
  placeOrder: { lines: [{ sku: "MUG-1", quantity: 1 }] },
  saveCart: { lines: [] },
  restoreCart: { cart: await signCart(KEYS, '{"version":1,"lines":[]}', "acme") },
  setOrderStatus: { status: "shipped" },
  signIn: { username: "alice", password: "p" },
  placeOrderOnPage: { lines: [{ sku: "MUG-1", quantity: 1 }] },
  answerChallenge: { oneTimeCode: "123456" },
  exchangeCode: { code: "c", codeVerifier: "v".repeat(43) },
};
const STATUS: Record<string, number> = {
  placeOrder: 201,
  saveCart: 201,
  importOrders: 201,
  signIn: 204,
  signOut: 204,
  placeOrderOnPage: 201,
  answerChallenge: 204,
  exchangeCode: 204,
  refreshSession: 204,
};

test.each(operations.map((operation) => [operation.operationId, operation] as const))(
  "%s serves a caller of its groups",
  async (id, operation) => {
    const principal = operation.groups.includes("partner") ? alice : carol;
    const make = id in JSON_BODIES ? jsonEvent : apiEvent;
    const event = make(operation.method, operation.path, JSON_BODIES[id] as never, {
      pathParameters: { orderId: ORDER_ID },
    });
    const response = await createApiHandler("test", operations, () => {})({
      ...event,
      headers: {
        ...event.headers,
        "Sec-Fetch-Site": "same-origin",
        Cookie: `__Host-refresh=r-1; __Host-challenge=${"c".repeat(43)}`,
      },
      pathParameters: { orderId: ORDER_ID },
      queryStringParameters: { q: "mug" },
      body: id === "importOrders" ? '<orders><order><line sku="MUG-1" quantity="1"/></order></orders>' : event.body,
      requestContext: { requestId: "r", authorizer: contextOf(principal) },
    });
    expect([response.statusCode, response.body]).toEqual([STATUS[id] ?? 200, expect.any(String)]);
  },
);

/**
 * Verified Permissions throttles, hangs, breaks and answers nonsense, and whoever asks denies, within two seconds: the authorizer and the functions
 * on orders as they are, with a token that is good, at the sandbox's own switch for faults. Without a fault the same requests pass.
 */

import { loadOpenApi } from "@palisade/functions/openapi";
import { POLICY_FOLDER } from "@palisade/functions/policies";
import { adminOperations } from "@palisade/functions/src/admin/operations";
import { ordersOperations } from "@palisade/functions/src/orders/operations";
import { receiptOperations } from "@palisade/functions/src/receipt/operations";
import type { Database } from "@palisade/functions/src/shared/database";
import { createOrderCheck } from "@palisade/functions/src/shared/defences/order-permission";
import { createApiHandler } from "@palisade/functions/src/shared/function";
import type { LogRecord } from "@palisade/functions/src/shared/log";
import { createPermissions, type Permissions } from "@palisade/functions/src/shared/permissions";
import { cedarSchema, readPolicies } from "@palisade/secure-gateway";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { PermissionsFault } from "../../src/permissions/index.ts";
import { type PermissionsGround, startGround, USER_POOL_ID } from "./ground.ts";

const ORDER_ID = "0f6d3a52-6c1b-4c52-9a40-1d7b0c9a1001";
const ROW = { id: ORDER_ID, company_id: "acme", status: "placed", note: "quiet", discount_cents: 0, total_cents: 2400 };
const FAULTS: PermissionsFault[] = ["throttled", "slow", "error", "malformed", "other-answer"];

let ground: PermissionsGround;
let environment: Record<string, string>;

beforeAll(async () => {
  ground = await startGround();
  const policies = Object.entries(readPolicies(POLICY_FOLDER)).map(([file, text]) => [
    file,
    text.replaceAll("{userPool}", USER_POOL_ID),
  ]);
  const { policyStoreId } = await ground.store(cedarSchema(loadOpenApi()), Object.fromEntries(policies));
  environment = {
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_ENDPOINT_URL_VERIFIEDPERMISSIONS: ground.permissions.url,
    POLICY_STORE_ID: policyStoreId,
    USER_POOL_ID,
  };
});

afterEach(() => ground.permissions.fail(undefined));
afterAll(() => ground.close());

/** A database with one order of acme's, which keeps what changed it. */
function oneOrder(): { database: Database; changes: string[] } {
  const changes: string[] = [];
  const database: Database = {
    rows: async (sql) => (sql.includes("order_lines") ? [] : sql.includes("FROM orders") ? [ROW] : []),
    change: async (sql) => {
      changes.push(sql);
      return 1;
    },
    define: async () => [],
    transaction: (work) => work(database),
  };
  return { database, changes };
}

const ROUTES = [
  ["getOrder", "GET", "/orders/{orderId}", ["partner", "company:acme"], "Authorization"],
  ["cancelOrder", "DELETE", "/orders/{orderId}", ["partner", "company:acme"], "Authorization"],
  ["getReceipt", "GET", "/orders/{orderId}/receipt", ["partner", "company:acme"], "Cookie"],
  ["setOrderStatus", "PUT", "/admin/orders/{orderId}/status", ["admin"], "Authorization"],
] as const;

async function request([, httpMethod, resource, groups, source]: (typeof ROUTES)[number], token?: string) {
  const records: LogRecord[] = [];
  const { database, changes } = oneOrder();
  const check = createOrderCheck("test", environment, source);
  const operations = [
    ...ordersOperations({ database, idempotency: undefined as never, log: () => {}, checkOrder: check }),
    ...receiptOperations(database, check),
    ...adminOperations(database, check),
  ];
  const bearer = token ?? (await ground.token([...groups]));
  const started = performance.now();
  const response = await createApiHandler(
    "test",
    operations,
    (record) => void records.push(record),
  )(
    {
      httpMethod,
      resource,
      headers: {
        "Content-Type": "application/json",
        ...(source === "Cookie" ? { Cookie: `__Host-session=${bearer}` } : { Authorization: `Bearer ${bearer}` }),
      },
      pathParameters: { orderId: ORDER_ID },
      body: httpMethod === "PUT" ? '{"status":"shipped"}' : null,
      requestContext: {
        requestId: "r",
        authorizer: { userId: "alice", companyId: groups.length > 1 ? "acme" : "", groups: groups.join(",") },
      },
    },
    { getRemainingTimeInMillis: () => 10_000 },
  );
  return { response, records, changes, milliseconds: performance.now() - started };
}

describe.each(ROUTES.map((route) => [route[0], route] as const))("%s", (_operation, route) => {
  test("is served while Verified Permissions answers", async () => {
    expect((await request(route)).response.statusCode).toBe(200);
  });

  test.each(FAULTS)("is denied within two seconds when Verified Permissions is %s", async (fault) => {
    ground.permissions.fail(fault);
    const { response, records, changes, milliseconds } = await request(route);
    expect(response.statusCode).toBe(503);
    expect(response.body).not.toContain("quiet");
    expect(changes).toEqual([]);
    expect(records).toEqual([
      expect.objectContaining({ level: "ERROR", event: "failed", dependency: "verifiedpermissions", status: 503 }),
    ]);
    expect(milliseconds).toBeLessThan(2000);
  });

  test("is denied with another's token, whatever the authorizer's context says", async () => {
    const { response, records, changes } = await request(route, await ground.token(["partner", "company:globex"]));
    expect(response.statusCode).toBe(403);
    expect(records).toEqual([
      { level: "WARN", event: "denied", layer: "permissions", defence: "order", requestId: "r", status: 403 },
    ]);
    expect(changes).toEqual([]);
  });
});

describe("the question of the authorizer", () => {
  const permissions = () => createPermissions("authorizer", environment) as Permissions;

  test("is answered while Verified Permissions answers", async () => {
    const token = await ground.token(["partner"]);
    expect(await permissions().batchIsAuthorizedWithToken(token, ["getOrder", "listAllOrders"])).toEqual(["getOrder"]);
  });

  test.each(FAULTS)("is a fault within two seconds when Verified Permissions is %s", async (fault) => {
    ground.permissions.fail(fault);
    const token = await ground.token(["partner"]);
    const started = performance.now();
    await expect(permissions().batchIsAuthorizedWithToken(token, ["getOrder"])).rejects.toMatchObject({
      name: "DependencyFault",
      dependency: "verifiedpermissions",
    });
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

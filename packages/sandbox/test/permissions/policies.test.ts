/**
 * The example API's Cedar policies (functions/policies), asked as the functions ask: through the product's own client, with a really signed
 * token, decided by the real Cedar engine. Nothing here mocks a decision.
 */
import { loadOpenApi } from "@palisade/functions/openapi";
import { POLICY_FOLDER } from "@palisade/functions/policies";
import { createPermissions, type Permissions } from "@palisade/functions/src/shared/permissions";
import { cedarSchema, operationsOf, readPolicies } from "@palisade/secure-gateway";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PermissionsGround, startGround, USER_POOL_ID } from "./ground.ts";

const document = loadOpenApi();
const POLICIES = readPolicies(POLICY_FOLDER);
const OPERATIONS = operationsOf(document).filter(({ identityHeader }) => identityHeader !== undefined);
const IDS = OPERATIONS.map(({ operationId }) => operationId);

/** One question about an order, and its answer. */
interface Case {
  groups: string[];
  operation: string;
  company: string;
  status?: string;
  allowed: boolean;
}

const ACME = ["partner", "company:acme"];
const ADMIN = ["admin"];
const ask = (groups: string[], operation: string, company: string, allowed: boolean, status = "placed"): Case => ({
  groups,
  operation,
  company,
  status,
  allowed,
});

/** What each policy about orders lets pass, and what it does not. */
const ABOUT_ORDERS: Record<string, Case[]> = {
  "company-reads-its-orders.cedar": [
    ask(ACME, "getOrder", "acme", true),
    ask(ACME, "getReceipt", "acme", true, "shipped"),
    ask(ACME, "getOrder", "globex", false),
    ask(ACME, "getReceipt", "globex", false),
    // The company alone is not enough, and neither is a group whose name only begins like it.
    ask(["company:acme"], "getOrder", "acme", false),
    ask(["partner", "company:acme2"], "getOrder", "acme", false),
    ask(["partner"], "getOrder", "acme", false),
    ask(["partner"], "getOrder", "", false),
  ],
  "company-cancels-its-orders.cedar": [
    ask(ACME, "cancelOrder", "acme", true),
    ask(ACME, "cancelOrder", "acme", true, "cancelled"),
    ask(ACME, "cancelOrder", "acme", false, "shipped"),
    ask(ACME, "cancelOrder", "globex", false),
    ask(["company:acme"], "cancelOrder", "acme", false),
    ask(ADMIN, "cancelOrder", "acme", false),
  ],
  "admins-read-every-order.cedar": [
    ask(ADMIN, "getOrder", "acme", true),
    ask(ADMIN, "getReceipt", "globex", true),
    ask(["administrator"], "getOrder", "acme", false),
    ask([], "getReceipt", "acme", false),
  ],
  "admins-set-every-status.cedar": [
    ask(ADMIN, "setOrderStatus", "acme", true),
    ask(ACME, "setOrderStatus", "acme", false),
    ask(["partner"], "setOrderStatus", "globex", false),
  ],
  "nobody-sets-own-status.cedar": [
    ask([...ADMIN, "company:acme"], "setOrderStatus", "globex", true),
    ask([...ADMIN, "company:acme"], "setOrderStatus", "acme", false),
  ],
};

/** What each policy about the API lets a group call. */
const ABOUT_THE_API: Record<string, { group: string; allowed: string; denied: string }> = {
  "partners-call.cedar": { group: "partner", allowed: "placeOrder", denied: "listAllOrders" },
  "admins-call.cedar": { group: "admin", allowed: "listAllOrders", denied: "placeOrder" },
};

let ground: PermissionsGround;
let permissions: Permissions;

beforeAll(async () => {
  ground = await startGround();
  permissions = await permissionsWith(POLICIES);
});

afterAll(() => ground.close());

/** The product's client, at a store with some of the policies. */
async function permissionsWith(policies: Record<string, string>): Promise<Permissions> {
  const statements = Object.entries(policies).map(([file, text]) => [
    file,
    text.replaceAll("{userPool}", USER_POOL_ID),
  ]);
  const { policyStoreId } = await ground.store(cedarSchema(document), Object.fromEntries(statements));
  return createPermissions("test", {
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_ENDPOINT_URL_VERIFIEDPERMISSIONS: ground.permissions.url,
    POLICY_STORE_ID: policyStoreId,
    USER_POOL_ID,
  }) as Permissions;
}

async function answer(asked: Permissions, { groups, operation, company, status = "placed" }: Case): Promise<boolean> {
  const order = { id: "0f6d3a52-6c1b-4c52-9a40-1d7b0c9a1001", companyId: company || "none", status };
  return asked.isAuthorized(await ground.token(groups), operation, order);
}

test("every policy has a case that it allows, or forbids, and one that it does not", () => {
  expect([...Object.keys(ABOUT_ORDERS), ...Object.keys(ABOUT_THE_API)].sort()).toEqual(Object.keys(POLICIES));
  for (const [file, cases] of Object.entries(ABOUT_ORDERS)) {
    expect(new Set(cases.map(({ allowed }) => allowed)), file).toEqual(new Set([true, false]));
  }
});

describe.each(Object.entries(ABOUT_ORDERS))("%s", (_file, cases) => {
  test.each(cases)("$groups, $operation on a $status order of $company: $allowed", async (one) => {
    expect(await answer(permissions, one)).toBe(one.allowed);
  });
});

describe.each(Object.entries(ABOUT_THE_API))("%s", (_file, { group, allowed, denied }) => {
  test(`lets ${group} call ${allowed} and not ${denied}`, async () => {
    expect(await permissions.batchIsAuthorizedWithToken(await ground.token([group]), [allowed, denied])).toEqual([
      allowed,
    ]);
  });
});

test.each(Object.keys(POLICIES))("without %s something of this is noticed", async (file) => {
  const { [file]: _gone, ...others } = POLICIES;
  const without = await permissionsWith(others);
  const noticed: string[] = [];
  for (const [name, cases] of Object.entries(ABOUT_ORDERS)) {
    for (const one of cases) if ((await answer(without, one)) !== one.allowed) noticed.push(name);
  }
  for (const [name, { group, allowed }] of Object.entries(ABOUT_THE_API)) {
    const found = await without.batchIsAuthorizedWithToken(await ground.token([group]), [allowed]);
    if (found.length === 0) noticed.push(name);
  }
  expect(noticed).toContain(file);
});

describe("the document and the policies agree", () => {
  const groups = [...new Set(OPERATIONS.flatMap((operation) => operation.groups))];

  test.each([...groups, "company:acme", "stranger"])("on every operation of the group %s", async (group) => {
    const declared = OPERATIONS.filter((operation) => operation.groups.includes(group));
    const allowed = await permissions.batchIsAuthorizedWithToken(await ground.token([group]), IDS);
    expect(allowed).toEqual(declared.map(({ operationId }) => operationId));
  });

  test("on a caller of every group, and of none", async () => {
    expect(await permissions.batchIsAuthorizedWithToken(await ground.token(groups), IDS)).toEqual(IDS);
    expect(await permissions.batchIsAuthorizedWithToken(await ground.token([]), IDS)).toEqual([]);
  });

  test("an operation on the API is no permission for an order, and the reverse", async () => {
    const order = (await answer(permissions, ask(ACME, "placeOrder", "acme", false)).catch((error) => error)) as Error;
    // The schema has no such question at all: placeOrder is on the API alone.
    expect(order).toMatchObject({ layer: "permissions", defence: "verified-token" });
  });
});

test("a token that somebody gave another group is refused, whatever it asks", async () => {
  const [head = "", body = "", signature = ""] = (await ground.token(ACME)).split(".");
  const claims = { ...JSON.parse(Buffer.from(body, "base64url").toString()), "cognito:groups": ["admin"] };
  const forged = `${head}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.${signature}`;
  const refusal = { layer: "permissions", defence: "verified-token", status: 401 };
  await expect(permissions.batchIsAuthorizedWithToken(forged, IDS)).rejects.toMatchObject(refusal);
  const order = { id: "o", companyId: "acme", status: "placed" };
  await expect(permissions.isAuthorized(forged, "setOrderStatus", order)).rejects.toMatchObject(refusal);
});

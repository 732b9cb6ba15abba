/** The client of Verified Permissions against a small server on loopback that answers what a test says, and keeps what it was asked. */
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { duringInvocation } from "../../src/shared/invocation.ts";
import { createPermissions, type Permissions, readPermissionsEnvironment } from "../../src/shared/permissions.ts";
import { DependencyFault, Refusal } from "../../src/shared/refusal.ts";
import { USER_POOL_ID } from "../support/tokens.ts";

interface Asked {
  headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: the wire's JSON, of which each test reads a part
  body: any;
}
interface Said {
  status?: number;
  body: string | object;
  afterMilliseconds?: number;
}

const ORDER = { id: "0a1b2c3d-0000-4000-8000-000000000001", companyId: "acme", status: "placed" };
let server: Server;
let asked: Asked[];
let say: (asked: Asked) => Said;
let permissions: Permissions;

const environmentOf = (endpoint: string) => ({
  AWS_REGION: "eu-west-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "secret",
  AWS_ENDPOINT_URL: "http://127.0.0.1:1",
  AWS_ENDPOINT_URL_VERIFIEDPERMISSIONS: endpoint,
  POLICY_STORE_ID: "PSEXAMPLEabcdefg111111",
  USER_POOL_ID,
});

beforeEach(async () => {
  asked = [];
  say = ({ body }) => ({ body: { results: body.requests.map((request: object) => decided(request, "ALLOW")) } });
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const question = { headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) };
    asked.push(question);
    const { status = 200, body, afterMilliseconds = 0 } = say(question);
    setTimeout(() => {
      response.writeHead(status, { "Content-Type": "application/x-amz-json-1.0" });
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    }, afterMilliseconds);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  permissions = createPermissions("test", environmentOf(endpoint)) as Permissions;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const decided = (request: object, decision: string, errors: object[] = []) => ({
  request,
  decision,
  determiningPolicies: [],
  errors,
});
const error = (type: string, status = 400): Said => ({
  status,
  body: { __type: `com.amazonaws.verifiedpermissions#${type}`, message: "secret" },
});

describe("batchIsAuthorizedWithToken", () => {
  test("asks for every operation on the API with the caller's token, signed, and returns those allowed", async () => {
    say = ({ body }) => ({
      body: {
        results: body.requests.map((request: { action: { actionId: string } }) =>
          decided(request, request.action.actionId === "getOrder" ? "ALLOW" : "DENY"),
        ),
      },
    });
    expect(await permissions.batchIsAuthorizedWithToken("token", ["getOrder", "listAllOrders"])).toEqual(["getOrder"]);
    const [{ headers, body }] = asked as [Asked];
    expect(headers).toMatchObject({
      "x-amz-target": "VerifiedPermissions.BatchIsAuthorizedWithToken",
      "content-type": "application/x-amz-json-1.0",
      authorization: expect.stringContaining("/eu-west-1/verifiedpermissions/aws4_request"),
    });
    expect(body).toEqual({
      policyStoreId: "PSEXAMPLEabcdefg111111",
      accessToken: "token",
      requests: [
        {
          action: { actionType: "Palisade::Action", actionId: "getOrder" },
          resource: { entityType: "Palisade::Api", entityId: "api" },
        },
        {
          action: { actionType: "Palisade::Action", actionId: "listAllOrders" },
          resource: { entityType: "Palisade::Api", entityId: "api" },
        },
      ],
    });
  });

  test.each([
    [0, []],
    [30, [30]],
    [31, [30, 1]],
    [61, [30, 30, 1]],
  ])("asks for %i operations in batches of %j", async (count, sizes) => {
    const ids = Array.from({ length: count }, (_each, index) => `operation${index}`);
    expect(await permissions.batchIsAuthorizedWithToken("token", ids)).toEqual(ids);
    expect(asked.map(({ body }) => body.requests.length).sort((a, b) => b - a)).toEqual(sizes);
  });

  test("one batch without an answer leaves no operation allowed", async () => {
    const answer = say;
    say = (question) => (question.body.requests.length < 30 ? error("ThrottlingException") : answer(question));
    const ids = Array.from({ length: 31 }, (_each, index) => `operation${index}`);
    await expect(permissions.batchIsAuthorizedWithToken("token", ids)).rejects.toBeInstanceOf(DependencyFault);
  });

  test.each<[string, unknown]>([
    ["no results", {}],
    ["fewer results", { results: [] }],
    ["more results", { results: [decided({ action: { actionId: "getOrder" } }, "ALLOW"), {}] }],
    ["a result of nothing", { results: [null] }],
    ["the result of another operation", { results: [decided({ action: { actionId: "getPartner" } }, "ALLOW")] }],
    ["a result that repeats no request", { results: [{ decision: "ALLOW", errors: [] }] }],
    ["another decision", { results: [decided({ action: { actionId: "getOrder" } }, "allow")] }],
  ])("takes %s for a fault", async (_what, body) => {
    say = () => ({ body: body as object });
    const fault = await permissions.batchIsAuthorizedWithToken("token", ["getOrder"]).catch((reason) => reason);
    expect(fault).toBeInstanceOf(DependencyFault);
    expect(fault).toMatchObject({ dependency: "verifiedpermissions", cause: { name: "TypeError" } });
  });
});

describe("isAuthorized", () => {
  test("asks with the caller's token, and the order's own company and status", async () => {
    say = () => ({ body: { decision: "ALLOW", determiningPolicies: [{ policyId: "p" }], errors: [] } });
    expect(await permissions.isAuthorized("token", "cancelOrder", ORDER)).toBe(true);
    const [{ headers, body }] = asked as [Asked];
    expect(headers["x-amz-target"]).toBe("VerifiedPermissions.IsAuthorizedWithToken");
    expect(body).toEqual({
      policyStoreId: "PSEXAMPLEabcdefg111111",
      accessToken: "token",
      action: { actionType: "Palisade::Action", actionId: "cancelOrder" },
      resource: { entityType: "Palisade::Order", entityId: ORDER.id },
      entities: {
        entityList: [
          {
            identifier: { entityType: "Palisade::Order", entityId: ORDER.id },
            attributes: {
              company: { entityIdentifier: { entityType: "Palisade::Company", entityId: "acme" } },
              status: { string: "placed" },
            },
          },
          {
            identifier: { entityType: "Palisade::Company", entityId: "acme" },
            attributes: {
              members: {
                entityIdentifier: { entityType: "Palisade::Role", entityId: `${USER_POOL_ID}|company:acme` },
              },
            },
          },
        ],
      },
    });
  });

  test.each<[string, object, boolean]>([
    ["ALLOW", { decision: "ALLOW", errors: [] }, true],
    ["ALLOW without a word of errors", { decision: "ALLOW" }, true],
    ["DENY", { decision: "DENY", errors: [] }, false],
    ["ALLOW beside a policy that could not be evaluated", { decision: "ALLOW", errors: [{}] }, false],
    ["ALLOW beside errors that are no list", { decision: "ALLOW", errors: "x" }, false],
  ])("reads %s", async (_what, body, allowed) => {
    say = () => ({ body });
    expect(await permissions.isAuthorized("token", "getOrder", ORDER)).toBe(allowed);
  });

  test.each<[string, Said]>([
    ["throttles", error("ThrottlingException")],
    ["refuses the role", error("AccessDeniedException")],
    ["has no such store", error("ResourceNotFoundException")],
    ["breaks", error("InternalServerException", 500)],
    ["answers no JSON", { body: "<html>" }],
    ["answers null", { body: "null" }],
    ["answers no decision", { body: {} }],
  ])("is a fault when Verified Permissions %s", async (_what, said) => {
    say = () => said;
    const fault = await permissions.isAuthorized("token", "getOrder", ORDER).catch((reason) => reason);
    expect(fault).toBeInstanceOf(DependencyFault);
    expect(fault).toMatchObject({ message: "verifiedpermissions: no answer", dependency: "verifiedpermissions" });
    expect(String(fault.cause)).not.toContain("secret");
  });

  test("is refused when Verified Permissions does not take the token", async () => {
    say = () => error("ValidationException");
    const refusal = await permissions.isAuthorized("token", "getOrder", ORDER).catch((reason) => reason);
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({
      layer: "permissions",
      defence: "verified-token",
      status: 401,
      detail: "Sign in again.",
    });
  });

  test.each([
    ["1.2 seconds", undefined, 1200],
    ["what is left of the invocation", 900, 400],
  ])("waits no longer than %s", async (_what, remaining, milliseconds) => {
    say = () => ({ body: { decision: "ALLOW" }, afterMilliseconds: 3000 });
    const context = remaining === undefined ? undefined : { getRemainingTimeInMillis: () => remaining };
    const started = performance.now();
    const fault = await duringInvocation(context, () => permissions.isAuthorized("token", "getOrder", ORDER)).catch(
      (reason) => reason,
    );
    const took = performance.now() - started;
    expect(fault).toMatchObject({ dependency: "verifiedpermissions", cause: { name: "TimeoutError" } });
    expect(took).toBeGreaterThanOrEqual(milliseconds - 20);
    expect(took).toBeLessThan(milliseconds + 700);
  });
});

describe("the environment", () => {
  test.each([{}, { POLICY_STORE_ID: "" }])("without a policy store there is nobody to ask: %j", (environment) => {
    expect(readPermissionsEnvironment("test", environment)).toBeUndefined();
    expect(createPermissions("test", environment)).toBeUndefined();
  });

  test("knows a pool by its whole id, in any region", () => {
    for (const pool of ["eu-west-1_AbC", "us-gov-west-1_X1"]) {
      expect(readPermissionsEnvironment("orders", { POLICY_STORE_ID: "PS1", USER_POOL_ID: pool })).toEqual({
        policyStoreId: "PS1",
        userPoolId: pool,
      });
    }
    for (const pool of ["/eu-west-1_AbC", "eu-west-1_AbC|group", "eu-1_AbC"]) {
      expect(() => readPermissionsEnvironment("orders", { POLICY_STORE_ID: "PS1", USER_POOL_ID: pool }), pool).toThrow(
        new Error("orders: environment: USER_POOL_ID is not the id of a Cognito user pool"),
      );
    }
  });

  test("names what is wrong", () => {
    expect(() => readPermissionsEnvironment("orders", { POLICY_STORE_ID: "a/b" })).toThrow(
      new Error(
        "orders: environment: POLICY_STORE_ID is not the id of a policy store; USER_POOL_ID is not set; set it to the id of a Cognito user pool",
      ),
    );
  });

  test("AWS_ENDPOINT_URL is where to ask without an address of its own", async () => {
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { AWS_ENDPOINT_URL_VERIFIEDPERMISSIONS: _own, ...rest } = environmentOf("");
    const other = createPermissions("test", { ...rest, AWS_ENDPOINT_URL: endpoint }) as Permissions;
    expect(await other.batchIsAuthorizedWithToken("token", ["getOrder"])).toEqual(["getOrder"]);
  });
});

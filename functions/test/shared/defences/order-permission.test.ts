import { describe, expect, test } from "vitest";
import { loadOpenApi } from "../../../build/openapi.ts";
import { createOrderCheck, orderCheckOf } from "../../../src/shared/defences/order-permission.ts";
import { DependencyFault, Refusal } from "../../../src/shared/refusal.ts";
import { alice, requestOf } from "../../support/events.ts";

const ORDER = { id: "o-1", companyId: "acme", status: "placed" };
const asking = (answer: boolean | Error) => {
  const asked: unknown[] = [];
  return {
    asked,
    isAuthorized: async (...question: unknown[]) => {
      asked.push(question);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
};
const request = (headers: Record<string, string>) => requestOf(alice, { headers });
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("a check", () => {
  test.each([
    ["Authorization", { authorization: "Bearer a.b.c" }],
    ["Authorization", { Authorization: "bearer a.b.c", Cookie: "__Host-session=x" }],
    ["Cookie", { Cookie: "theme=dark; __Host-session=a.b.c", Authorization: "Bearer x" }],
  ] as const)("asks with the token of the header %s: %j", async (source, headers) => {
    const permissions = asking(true);
    await orderCheckOf(permissions, source)(request(headers as Record<string, string>), "getOrder", ORDER);
    expect(permissions.asked).toEqual([["a.b.c", "getOrder", ORDER]]);
  });

  test.each([
    ["Authorization", {}],
    ["Authorization", { Authorization: "Basic a.b.c" }],
    ["Authorization", { Authorization: "Bearer a b" }],
    ["Authorization", { Authorization: "NoBearer a.b.c" }],
    ["Authorization", { Authorization: "Basic x, Bearer a.b.c" }],
    ["Authorization", { Cookie: "__Host-session=a.b.c" }],
    ["Cookie", { Authorization: "Bearer a.b.c" }],
    ["Cookie", { Cookie: "__Host-session=a; __Host-session=b" }],
  ] as const)("refuses without the token of the header %s: %j", async (source, headers) => {
    const permissions = asking(true);
    const check = orderCheckOf(permissions, source);
    const refusal = await failure(check(request(headers as Record<string, string>), "getOrder", ORDER));
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({
      layer: "permissions",
      defence: "verified-token",
      status: 401,
      detail: "Sign in first.",
    });
    expect(permissions.asked).toEqual([]);
  });

  test("refuses what the policies do not permit, and what nobody answers", async () => {
    const bearer = request({ Authorization: "Bearer a.b.c" });
    expect(await failure(orderCheckOf(asking(false), "Authorization")(bearer, "getOrder", ORDER))).toMatchObject({
      layer: "permissions",
      defence: "order",
      status: 403,
      detail: "You may not do this to the order.",
    });
    const fault = new DependencyFault("verifiedpermissions", "down");
    expect(await failure(orderCheckOf(asking(fault), "Authorization")(bearer, "getOrder", ORDER))).toBe(fault);
  });
});

describe("the environment", () => {
  test("says in so many words that nobody is asked", async () => {
    const check = createOrderCheck("orders", { POLICY_STORE_ID: "none" }, "Authorization");
    expect(await failure(check(request({}), "getOrder", ORDER))).toBeUndefined();
    for (const environment of [{}, { POLICY_STORE_ID: "" }]) {
      expect(() => createOrderCheck("orders", environment, "Authorization")).toThrow(
        new Error("orders: environment: POLICY_STORE_ID is not set; set it to the id of a policy store, or none"),
      );
    }
  });

  test("with a store has a check that needs a token", async () => {
    const check = createOrderCheck(
      "orders",
      {
        POLICY_STORE_ID: "PS1",
        USER_POOL_ID: "eu-west-1_AbC",
        AWS_REGION: "eu-west-1",
        AWS_ACCESS_KEY_ID: "AKIA",
        AWS_SECRET_ACCESS_KEY: "secret",
      },
      "Cookie",
    );
    expect(await failure(check(request({}), "getReceipt", ORDER))).toMatchObject({ defence: "verified-token" });
  });
});

test("each operation on an order finds its token where its authorizer does", () => {
  const { paths, security: common } = loadOpenApi() as {
    paths: Record<string, Record<string, { operationId?: string; security?: object[] }>>;
    security: object[];
  };
  const onOrders = Object.values(paths)
    .flatMap((methods) => Object.values(methods))
    .filter((operation) => "x-palisade-resource" in operation)
    .map(({ operationId, security = common }) => [operationId, Object.keys(security[0] ?? {})]);
  // As the handlers of orders, receipt and admin have it.
  expect(Object.fromEntries(onOrders)).toEqual({
    getOrder: ["bearer"],
    cancelOrder: ["bearer"],
    getReceipt: ["cookie"],
    setOrderStatus: ["bearer"],
  });
});

import { describe, expect, test } from "vitest";
import { matchRoute, type Route } from "../../src/gateway/routes.ts";

const route = (method: string, path: string): Route => ({ method, path, cacheKeyParameters: [] });
const ROUTES = [
  route("GET", "/{proxy+}"),
  route("GET", "/orders/{orderId}"),
  route("GET", "/orders/import"),
  route("POST", "/orders"),
  route("ANY", "/orders/{orderId}/receipt"),
  route("GET", "/"),
];

describe("matchRoute", () => {
  test.each<[string, string, string, Record<string, string>]>([
    ["GET", "/orders/1", "/orders/{orderId}", { orderId: "1" }],
    ["GET", "/orders/import", "/orders/import", {}],
    ["POST", "/orders", "/orders", {}],
    ["DELETE", "/orders/1/receipt", "/orders/{orderId}/receipt", { orderId: "1" }],
    ["GET", "/a/b/c", "/{proxy+}", { proxy: "a/b/c" }],
    ["GET", "/", "/", {}],
    ["GET", "/orders/1/", "/orders/{orderId}", { orderId: "1" }],
  ])("%s %s is %s", (method, path, template, variables) => {
    expect(matchRoute(ROUTES, method, path)).toMatchObject({ route: { path: template }, variables });
  });

  test.each([
    ["PUT", "/orders"],
    ["POST", "/orders/1"],
    ["DELETE", "/orders/1/receipt/2"],
  ])("%s %s is none", (method, path) => {
    expect(matchRoute(ROUTES, method, path)).toBeUndefined();
  });

  test("{name+} needs at least one segment", () => {
    expect(matchRoute([route("GET", "/a/{proxy+}")], "GET", "/a")).toBeUndefined();
  });
});

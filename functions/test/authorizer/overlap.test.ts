import { expect, test } from "vitest";
import { isPreferred, reaches } from "../../src/authorizer/overlap.ts";

test.each([
  ["GET/orders/*", "GET/orders/{orderId}"],
  ["GET/orders/*", "GET/orders/{orderId}/audit"],
  ["GET/orders/x", "GET/orders/{orderId}"],
  ["GET/orders/xy", "GET/orders/{orderId}"],
  ["GET/orders/*/audit", "GET/orders/{orderId}/audit"],
  ["GET/orders/*", "GET/orders/"],
  ["*", "GET/"],
])("the pattern %s reaches the route %s", (pattern, route) => {
  expect(reaches(pattern, route)).toBe(true);
});

test.each([
  ["GET/order", "GET/orders"],
  ["GET/orders", "GET/order"],
  ["GET/orders/", "GET/orders/{orderId}"],
  ["GET/orders/x/y", "GET/orders/{orderId}"],
  ["GET/orders/*/audit", "GET/orders/{orderId}"],
  ["POST/orders/*", "GET/orders/{orderId}"],
  ["", "G"],
])("the pattern %s does not reach the route %s", (pattern, route) => {
  expect(reaches(pattern, route)).toBe(false);
});

test.each([
  ["/orders", "/{anything}", true],
  ["/{anything}", "/orders", false],
  ["/orders/{orderId}", "/orders/{name}", false],
  ["/orders/mine", "/orders/mine", false],
  ["/orders/mine", "/orders/{orderId}/audit", false],
  ["/a/{b}/c", "/{a}/b/c", true],
])("of %s and %s the first is preferred: %s", (path, other, preferred) => {
  expect(isPreferred(path, other)).toBe(preferred);
});

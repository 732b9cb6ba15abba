import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allowList } from "../../../src/authorizer/defences/allow-list.ts";
import type { ProtectedOperation } from "../../../src/authorizer/env.ts";
import { anyMatcher } from "../../../src/authorizer/pattern.ts";

const PREFIX = "arn:aws:execute-api:eu-west-1:123456789012:api1/prod";
const operation = (method: string, path: string, ...groups: string[]): ProtectedOperation => ({
  operationId: `${method} ${path}`,
  method,
  path,
  groups,
  identityHeader: "Authorization",
});
const OPERATIONS = [
  operation("GET", "/orders/{orderId}", "partner", "admin"),
  operation("GET", "/orders/{orderId}/receipt", "partner", "admin"),
  operation("POST", "/orders", "partner"),
  operation("PUT", "/admin/orders/{orderId}/status", "admin"),
];
const statement = (effect: string, ...resources: string[]) => ({
  Effect: effect,
  Action: "execute-api:Invoke",
  Resource: resources.map((resource) => `${PREFIX}/${resource}`),
});

/** What the groups may call. */
const by =
  (...groups: string[]) =>
  (operation: ProtectedOperation) =>
    operation.groups.some((group) => groups.includes(group));

/** The operation that API Gateway sends a path to: the text of a segment before a variable, from the left. */
function routed<T extends { method: string; path: string }>(
  all: readonly T[],
  method: string,
  path: string[],
): T | undefined {
  const fits = ({ path: template }: T, index: number) => {
    const part = template.split("/")[index];
    return part === path[index] || (part?.startsWith("{") === true && path[index] !== "");
  };
  let left = all.filter((each) => each.method === method && each.path.split("/").length === path.length);
  for (const index of path.keys()) {
    left = left.filter((each) => fits(each, index));
    const literal = left.filter(({ path: template }) => template.split("/")[index] === path[index]);
    if (literal.length > 0) left = literal;
  }
  return left[0];
}

describe("allowList", () => {
  test("names every operation that the groups may call, whatever was called", () => {
    for (const called of ["GET/orders/1", "POST/orders", "OPTIONS/"]) {
      expect(allowList(`${PREFIX}/${called}`, by("partner", "company:acme"), OPERATIONS)).toEqual([
        statement("Allow", "GET/orders/*", "GET/orders/*/receipt", "POST/orders"),
      ]);
    }
  });

  test("denies everything to who may call nothing", () => {
    expect(allowList(`${PREFIX}/GET/orders/1`, by("company:acme"), OPERATIONS)).toEqual([statement("Deny", "*")]);
    expect(allowList(`${PREFIX}/GET/orders/1`, by(), OPERATIONS)).toEqual([statement("Deny", "*")]);
  });

  test("denies by name what an allowed pattern covers and the groups may not call", () => {
    const operations = [
      operation("GET", "/orders/{orderId}", "partner"),
      operation("GET", "/orders/{orderId}/audit", "admin"),
      operation("DELETE", "/orders/{orderId}/audit", "admin"),
    ];
    expect(allowList(`${PREFIX}/GET/orders/1`, by("partner"), operations)).toEqual([
      statement("Allow", "GET/orders/*"),
      statement("Deny", "GET/orders/*/audit"),
    ]);
  });

  test("denies an operation that only some values of its variables bring under an allowed pattern", () => {
    const operations = [operation("GET", "/a/{x}/x", "partner"), operation("GET", "/a/b/{y}", "admin")];
    expect(allowList(`${PREFIX}/GET/a/1/x`, by("partner"), operations)).toEqual([
      statement("Allow", "GET/a/*/x"),
      statement("Deny", "GET/a/b/*"),
    ]);
  });

  test("denies nothing where API Gateway prefers the allowed operation, or where no value leads to the other", () => {
    const operations = [
      operation("GET", "/products/featured", "partner"),
      operation("GET", "/products/{id}", "admin"),
      operation("GET", "/orders/{id}/receipt", "partner"),
      operation("GET", "/orders/{id}", "admin"),
      operation("PUT", "/products/{id}", "admin"),
    ];
    expect(allowList(`${PREFIX}/GET/`, by("partner"), operations)).toEqual([
      statement("Allow", "GET/products/featured", "GET/orders/*/receipt"),
    ]);
  });

  test("no caller is ever let into an operation that none of the groups may call", () => {
    const group = fc.constantFrom("partner", "admin", "auditor");
    const path = fc
      .array(fc.constantFrom("orders", "admin", "{id}", "{name}", "a.b", "receipt"), { minLength: 1, maxLength: 4 })
      .map((segments) => `/${segments.join("/")}`);
    const operations = fc.uniqueArray(
      fc.record({
        operationId: fc.constant("x"),
        method: fc.constantFrom("GET", "POST"),
        path,
        groups: fc.array(group, { maxLength: 2 }),
        identityHeader: fc.constant("Cookie" as const),
      }),
      { maxLength: 6, selector: ({ method, path: template }) => method + template.replace(/\{\w+\}/g, "{}") },
    );
    // A variable's value may be the text of another route's segment.
    const value = fc.constantFrom("7f3c", "orders", "admin", "receipt", "x y", "..%2f");
    fc.assert(
      fc.property(
        operations,
        fc.array(group, { maxLength: 2 }),
        fc.array(value, { minLength: 4 }),
        (all, groups, values) => {
          const policy = allowList(`${PREFIX}/GET/`, by(...groups), all);
          for (const each of all) {
            const path = each.path.split("/").map((part, index) => (part.startsWith("{") ? values[index - 1] : part));
            if (routed(all, each.method, path.map(String)) !== each) continue;
            const may = each.groups.some((name) => groups.includes(name));
            const arn = `${PREFIX}/${each.method}${path.join("/")}`;
            const matched = policy.filter(({ Resource }) => anyMatcher(Resource)(arn));
            const isLetIn = matched.length > 0 && matched.every(({ Effect }) => Effect === "Allow");
            if (!may) expect(isLetIn).toBe(false);
          }
        },
      ),
      { numRuns: 10_000 },
    );
  });
});

test.each([
  ["GET/a.b", "GET/aXb", false],
  ["GET/*", "GET/", true],
  ["GET/*", "GET/a/b\nc", true],
  ["GET/*/x", "GET/a/b/x", true],
  ["GET/a", "xGET/a", false],
])("the pattern %s and the text %j", (pattern, text, matches) => {
  expect(anyMatcher([pattern])(text)).toBe(matches);
});

test("one of several patterns is enough, and of none, nothing matches", () => {
  const matches = anyMatcher(["GET/a", "GET/b/*"]);
  expect(["GET/a", "GET/b/1", "GET/a/1", "xGET/a", "GET/aGET/b/1"].map(matches)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(anyMatcher([])("")).toBe(false);
});

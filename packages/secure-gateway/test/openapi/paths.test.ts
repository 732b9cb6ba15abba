import { describe, expect, test } from "vitest";
import { arnPath, checkSiblings, segmentsOf } from "../../src/openapi/paths.ts";
import { sentenceOf } from "../fixtures.ts";

const owner = { component: "SecureGateway", name: "api", prefix: "apiDocument." };

describe("segmentsOf", () => {
  test.each([
    ["/", []],
    ["/a.b/c-d", [{ text: "a.b" }, { text: "c-d" }]],
    ["/pets/{petId}", [{ text: "pets" }, { text: "{petId}", variable: "petId" }]],
    ["/files/{path+}", [{ text: "files" }, { text: "{path+}", variable: "path" }]],
  ])("%s", (path, segments) => {
    expect(segmentsOf(owner, "paths.x", path)).toEqual(segments);
  });

  test.each(["pets", "/pets/", "//", "/pets/{petId}.json", "/{a+}/b", "/a b", "/{}", "/a?b", "/a%2fb", "/{a{b}}", ""])(
    "%j is not a path of API Gateway",
    (path) => {
      expect(sentenceOf(() => segmentsOf(owner, "paths.x", path))).toBe(
        'SecureGateway "api": apiDocument.paths.x is a path that API Gateway does not have; allowed: `/` and segments of letters, ' +
          "digits and `._,:~-`, or of one whole variable `{name}`, or `{name+}` at the end; to fix it, write each variable as a " +
          "segment of its own, without a slash at the end",
      );
    },
  );
});

describe("checkSiblings", () => {
  const check = (...paths: string[]) =>
    checkSiblings(owner, new Map(paths.map((path) => [path, segmentsOf(owner, "paths.x", path)])));

  test("two names for one variable segment are refused, as API Gateway refuses them", () => {
    expect(sentenceOf(() => check("/orders/{orderId}", "/orders/{id}/receipt"))).toBe(
      'SecureGateway "api": apiDocument.paths["/orders/{id}/receipt"] is a path with {id} where "/orders/{orderId}" has {orderId}; ' +
        "allowed: one name for the variable at one place; to fix it, write {orderId} in both",
    );
  });

  test("the same name, and different names at different places, are accepted", () => {
    check("/orders/{id}", "/orders/{id}/lines/{line}", "/pets/{petId}", "/orders/import");
  });
});

test.each([
  ["/", "/"],
  ["/orders/{orderId}/lines/{line}", "/orders/*/lines/*"],
  ["/files/{path+}", "/files/*"],
])("the ARN of %s ends in %s", (path, expected) => {
  expect(arnPath(path)).toBe(expected);
});

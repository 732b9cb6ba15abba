import { describe, expect, test } from "vitest";
import { operationsOf } from "../../src/index.ts";
import { exampleDocument, sentenceOf, set, smallDocument } from "../fixtures.ts";

const PUT = ["paths", "/pets/{petId}", "put"];
const PARAMETERS = ["paths", "/pets/{petId}", "parameters"];
const BODY = [...PUT, "requestBody"];
const petId = { name: "petId", in: "path", required: true, schema: { type: "string" } };

describe("operationsOf", () => {
  test("lists the example API's operations as the authorizer's OPERATIONS needs them", () => {
    const both = ["partner", "admin"];
    const bearer = { identityHeader: "Authorization" };
    const cookie = { identityHeader: "Cookie" };
    expect(operationsOf(exampleDocument())).toEqual([
      { operationId: "searchProducts", method: "GET", path: "/products", groups: both, ...bearer },
      { operationId: "placeOrder", method: "POST", path: "/orders", groups: ["partner"], ...bearer },
      { operationId: "getOrder", method: "GET", path: "/orders/{orderId}", groups: both, ...bearer },
      { operationId: "cancelOrder", method: "DELETE", path: "/orders/{orderId}", groups: ["partner"], ...bearer },
      { operationId: "importOrders", method: "POST", path: "/orders/import", groups: ["partner"], ...bearer },
      { operationId: "getReceipt", method: "GET", path: "/orders/{orderId}/receipt", groups: both, ...cookie },
      { operationId: "saveCart", method: "POST", path: "/carts", groups: ["partner"], ...bearer },
      { operationId: "restoreCart", method: "POST", path: "/carts/restore", groups: ["partner"], ...bearer },
      { operationId: "getPartner", method: "GET", path: "/partners/me", groups: both, ...bearer },
      { operationId: "listAllOrders", method: "GET", path: "/admin/orders", groups: ["admin"], ...bearer },
      {
        operationId: "setOrderStatus",
        method: "PUT",
        path: "/admin/orders/{orderId}/status",
        groups: ["admin"],
        ...bearer,
      },
      { operationId: "searchProductsOnPage", method: "GET", path: "/page/products", groups: both, ...cookie },
      { operationId: "placeOrderOnPage", method: "POST", path: "/page/orders", groups: ["partner"], ...cookie },
      { operationId: "getPartnerOnPage", method: "GET", path: "/page/partner", groups: both, ...cookie },
      { operationId: "signIn", method: "POST", path: "/session", groups: [] },
      { operationId: "signOut", method: "DELETE", path: "/session", groups: both, ...cookie },
      { operationId: "answerChallenge", method: "POST", path: "/session/challenge", groups: [] },
      { operationId: "exchangeCode", method: "POST", path: "/session/code", groups: [] },
      { operationId: "refreshSession", method: "POST", path: "/session/refresh", groups: [] },
    ]);
  });

  test("skips extensions, and what stands beside the methods of a path", () => {
    let document = set(smallDocument(), ["paths", "x-origin"], "generated");
    document = set(document, ["paths", "/status", "x-team"], "platform");
    document = set(document, ["paths", "/status", "summary"], "Health");
    document = set(document, ["paths", "/status", "servers"], []);
    expect(operationsOf(document).map(({ operationId }) => operationId)).toEqual(["replacePet", "getStatus"]);
  });

  test("accepts an operationId that names something of an object's prototype", () => {
    const document = set(smallDocument(), [...PUT, "operationId"], "constructor");
    expect(operationsOf(document)[0]?.operationId).toBe("constructor");
  });
});

describe("a document that is not fit for a gateway", () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  test.each<[string, (string | number)[], unknown, string]>([
    [
      "OpenAPI 3.1",
      ["openapi"],
      "3.1.0",
      "write the document in OpenAPI 3.0: API Gateway imports neither 3.1 nor, with these extensions, 2.0",
    ],
    ["a version that is a number", ["openapi"], 3, "openapi is 3; allowed: 3.0.0 to 3.0.4, as text"],
    ["no operation", ["paths"], {}, "paths is without an operation; allowed: at least one; to fix it, add one"],
    ["paths that are a list", ["paths"], [], "paths is []; allowed: a plain object of the parsed document"],
    [
      "a function in the document",
      ["info", "title2"],
      () => 1,
      "info.title2 is a function; allowed: JSON: objects, arrays, text, numbers, true, false, null; to fix it, pass the document parsed, and as a literal, not as an Output or as text",
    ],
    [
      "an object that contains itself",
      ["x-cycle"],
      cycle,
      "is nested more than 64 levels deep; allowed: at most 64 levels; to fix it, replace the alias or object that contains itself by a $ref",
    ],
    [
      "a prototype key",
      ["components", "__proto__"],
      { polluted: true },
      "components.__proto__ is a key that would reach an object's prototype; allowed: any other key; to fix it, rename it",
    ],
    [
      "a prototype key in a list",
      ["x-list"],
      [JSON.parse('{"__proto__":1}')],
      `["x-list"][0].__proto__ is a key that would reach an object's prototype`,
    ],
    [
      "TRACE",
      ["paths", "/status", "trace"],
      {},
      'paths["/status"].trace is not a method that API Gateway has; allowed: get, put, post, delete, options, head, patch; to fix it, use one of those; a path item that is a $ref must be written out',
    ],
    [
      "a path item that is a reference",
      ["paths", "/status", "$ref"],
      "#/x",
      'paths["/status"].$ref is not a method that API Gateway has',
    ],
    [
      "no operationId",
      [...PUT, "operationId"],
      undefined,
      'paths["/pets/{petId}"].put.operationId is not set; allowed: a letter, then letters, digits and `_.-`, at most 64 characters in all; to fix it, give the operation such an id: functions are assigned by it',
    ],
    [
      "__proto__ as an operationId",
      [...PUT, "operationId"],
      "__proto__",
      'put.operationId is "__proto__"; allowed: a letter, then',
    ],
    [
      "an operationId twice",
      [...PUT, "operationId"],
      "getStatus",
      'paths["/status"].get.operationId is "getStatus"; allowed: an id that no other operation has; to fix it, rename it: paths["/pets/{petId}"].put has the same',
    ],
    [
      "a group with a comma",
      [...PUT, "x-palisade-groups"],
      ["a,b"],
      'x-palisade-groups[0] is "a,b"; allowed: the name of a group: letters, digits and `_.:@+-`, at most 128 characters',
    ],
    [
      "groups as text",
      [...PUT, "x-palisade-groups"],
      "keeper",
      'put.x-palisade-groups is "keeper"; allowed: an array; to fix it, write it as a list',
    ],
    [
      "an operation that is text",
      PUT,
      "put",
      'paths["/pets/{petId}"].put is "put"; allowed: a plain object of the parsed document',
    ],
    [
      "a variable without a parameter",
      PARAMETERS,
      [],
      "put.parameters is without the path's variable {petId}; allowed: each variable of the path as a parameter with `in: path` and a schema; to fix it, add a parameter named petId",
    ],
    [
      "a parameter without its variable",
      PARAMETERS,
      [petId, { ...petId, name: "ownerId" }],
      'put.parameters is with the path parameter "ownerId"; allowed: the variables of "/pets/{petId}": petId; to fix it, rename the parameter, or add the variable to the path',
    ],
    [
      "a path parameter of a path without variables",
      ["paths", "/status", "parameters"],
      [petId],
      'the variables of "/status": none;',
    ],
    [
      "a parameter twice",
      PARAMETERS,
      [petId, petId],
      'parameters[1] is a second path parameter "petId"; allowed: one of a name and place; to fix it, remove one',
    ],
    [
      "a parameter without a schema",
      PARAMETERS,
      [{ ...petId, schema: undefined }],
      "parameters[0].schema is not set; allowed: a schema; to fix it, say what the parameter may be: what has no schema is not checked anywhere",
    ],
    [
      "a parameter in the body",
      PARAMETERS,
      [{ ...petId, in: "body" }],
      'parameters[0].in is "body"; allowed: path, query, header, cookie',
    ],
    [
      "a parameter's name that no mapping has",
      PARAMETERS,
      [{ ...petId, name: "a b" }],
      'parameters[0].name is "a b"; allowed: letters, digits and `._$:-`',
    ],
    [
      "a reference to another file",
      PARAMETERS,
      [{ $ref: "./other.yaml#/x" }],
      'parameters[0].$ref is "./other.yaml#/x"; allowed: the name of something under components/parameters of this document, itself no reference; to fix it, define it under components/parameters: API Gateway does not read other files',
    ],
    [
      "a reference to a prototype's property",
      PARAMETERS,
      [{ $ref: "#/components/parameters/constructor" }],
      'parameters[0].$ref is "#/components/parameters/constructor"',
    ],
    [
      "a body without content",
      BODY,
      {},
      "put.requestBody.content is not set; allowed: a schema for each media type of a body; to fix it, describe the body of replacePet by a schema: it becomes the model that requests are checked against",
    ],
    [
      "a body without a schema",
      [...BODY, "content", "application/json"],
      {},
      'put.requestBody.content["application/json"].schema is not set; allowed: a schema for each media type of a body; to fix it, describe the body of replacePet',
    ],
    [
      "a body of any type",
      [...BODY, "content", "*/*"],
      { schema: {} },
      'put.requestBody.content["*/*"] is not one media type; allowed: `type/subtype` in lower case, without parameters or wildcards',
    ],
    [
      "a body of GET",
      ["paths", "/status", "get", "requestBody"],
      {},
      "get.requestBody is a body on GET; allowed: bodies on the other methods",
    ],
  ])("%s", (_title, place, value, sentence) => {
    expect(sentenceOf(() => operationsOf(set(smallDocument(), place, value)))).toContain(sentence);
  });

  test("names the document by its title, and one without a title as such", () => {
    expect(sentenceOf(() => operationsOf(set(smallDocument(), ["openapi"], "2.0")))).toBe(
      'OpenAPI document "Pets": openapi is "2.0"; allowed: 3.0.0 to 3.0.4, as text; ' +
        "to fix it, write the document in OpenAPI 3.0: API Gateway imports neither 3.1 nor, with these extensions, 2.0",
    );
    expect(sentenceOf(() => operationsOf({}))).toMatch(/^OpenAPI document "without a title": openapi is not set;/);
  });

  test.each([
    ["text", "openapi: 3.0.3"],
    ["nothing", undefined],
    ["a list", []],
  ])("%s is no document", (_title, document) => {
    expect(sentenceOf(() => operationsOf(document))).toMatch(/^OpenAPI document "without a title": the document is /);
  });

  test("a class instance, such as an Output, is no part of a document", () => {
    const sentence = sentenceOf(() => operationsOf(new (class Output {})()));
    expect(sentence).toContain("the document is {}; allowed: JSON: objects, arrays, text, numbers, true, false, null");
  });
});

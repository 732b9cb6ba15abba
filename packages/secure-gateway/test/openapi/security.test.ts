import { describe, expect, test } from "vitest";
import { type Bindings, gatewayBody, operationsOf } from "../../src/index.ts";
import { sentenceOf, set, smallDocument } from "../fixtures.ts";

const PUT = ["paths", "/pets/{petId}", "put"];
const GET = ["paths", "/status", "get"];
const SCHEME = ["components", "securitySchemes", "bearer"];
const bindings: Bindings = {
  invokeArns: { replacePet: "arn:pets", getStatus: "arn:status" },
  authorizerInvokeArn: "arn:authorizer",
  authorizerResultTtlSeconds: 60,
  timeoutMilliseconds: 29_000,
  meteredByApiKey: false,
};

function schemes(document: unknown): Record<string, Record<string, unknown>> {
  const { components } = gatewayBody(document, bindings) as { components: { securitySchemes: never } };
  return components.securitySchemes;
}

describe("an operation's authorizer", () => {
  test.each<[string, unknown, string, string]>([
    ["a bearer token", { type: "http", scheme: "bearer" }, "Authorization", "method.request.header.Authorization"],
    ["a cookie", { type: "apiKey", in: "cookie", name: "__Host-session" }, "Cookie", "method.request.header.Cookie"],
    ["a header", { type: "apiKey", in: "header", name: "X-Token" }, "X-Token", "method.request.header.X-Token"],
  ])("%s", (_title, scheme, name, identitySource) => {
    expect(schemes(set(smallDocument(), SCHEME, scheme))).toEqual({
      bearer: {
        type: "apiKey",
        name,
        in: "header",
        "x-amazon-apigateway-authtype": "custom",
        "x-amazon-apigateway-authorizer": {
          type: "request",
          identitySource,
          authorizerUri: "arn:authorizer",
          authorizerResultTtlInSeconds: 60,
        },
      },
    });
  });

  test("schemes that no operation requires are left out", () => {
    const document = set(smallDocument(), ["components", "securitySchemes", "unused"], {
      type: "http",
      scheme: "bearer",
    });
    expect(Object.keys(schemes(document))).toEqual(["bearer"]);
  });

  test("the operation's own requirement stands in the place of the document's", () => {
    const cookie = { type: "apiKey", in: "cookie", name: "session" };
    const document = set(
      set(smallDocument(), ["components", "securitySchemes", "cookie"], cookie),
      [...PUT, "security"],
      [{ cookie: [] }],
    );
    expect(Object.keys(schemes(document))).toEqual(["cookie"]);
  });
});

describe("refused", () => {
  const only =
    "allowed: one requirement that names one scheme: a method of API Gateway has one authorizer; " +
    "to fix it, keep one scheme; an empty requirement `{}` would let anybody in";
  const definition =
    "allowed: `type: http, scheme: bearer`, or `type: apiKey` in a cookie or in a header other than x-api-key, named by letters, " +
    "digits, `_-`; to fix it, define the scheme so: its authorizer is asked with that header";
  test.each<[string, (string | number)[], unknown, string]>([
    [
      "no authorizer and no reason",
      [...PUT, "security"],
      [],
      'OpenAPI document "Pets": paths["/pets/{petId}"].put.security is without an authorizer; allowed: a security requirement that ' +
        "names a scheme, or a written reason `x-palisade-unauthenticated`; to fix it, require a scheme for replacePet, or say in " +
        "x-palisade-unauthenticated why anybody may call it",
    ],
    ["no security anywhere", ["security"], undefined, 'paths["/pets/{petId}"].put.security is without an authorizer'],
    [
      "a reason of nothing",
      [...GET, "x-palisade-unauthenticated"],
      "  ",
      'get.x-palisade-unauthenticated is "  "; allowed: a written reason of at least 10 characters; to fix it, say why the floor is lowered here; it becomes a tag that the policy pack reports',
    ],
    [
      "a reason that is true",
      [...GET, "x-palisade-unauthenticated"],
      true,
      "get.x-palisade-unauthenticated is not set; allowed: a written reason",
    ],
    [
      "groups on an open operation",
      [...GET, "x-palisade-groups"],
      ["keeper"],
      'get.x-palisade-groups is ["keeper"]; allowed: no groups on an operation that asks nobody who they are; to fix it, remove the groups, or require a scheme',
    ],
    [
      "a scheme and a reason",
      [...PUT, "x-palisade-unauthenticated"],
      "It is only a test.",
      'put.x-palisade-unauthenticated is "It is only a test."; allowed: nothing on an operation that requires a scheme; to fix it, remove it, or set `security: []` on the operation',
    ],
    ["an empty requirement", [...PUT, "security"], [{}], `put.security is [{}]; ${only}`],
    ["a scheme, or nothing", [...PUT, "security"], [{ bearer: [] }, {}], `put.security is [{"bearer":[]},{}]; ${only}`],
    ["two schemes at once", [...PUT, "security"], [{ bearer: [], cookie: [] }], only],
    [
      "one of two schemes",
      ["security"],
      [{ bearer: [] }, { cookie: [] }],
      `"Pets": security is [{"bearer":[]},{"cookie":[]}]; ${only}`,
    ],
    ["security as an object", ["security"], { bearer: [] }, 'security is {"bearer":[]}; allowed: an array'],
    [
      "a requirement as text",
      ["security"],
      ["bearer"],
      'security[0] is "bearer"; allowed: a plain object of the parsed document',
    ],
    ["a scheme that is not defined", SCHEME, undefined, `components.securitySchemes.bearer is not set; ${definition}`],
    [
      "a scheme of a prototype",
      ["security"],
      [{ constructor: [] }],
      "components.securitySchemes.constructor is not set",
    ],
    [
      "an API key in the place of an authorizer",
      SCHEME,
      { type: "apiKey", in: "header", name: "X-Api-Key" },
      'OpenAPI document "Pets": security is the API key "bearer", and no authorizer; allowed: the scheme of an authorizer: an API key ' +
        "counts a caller and proves nothing about one; to fix it, require a bearer or cookie scheme for replacePet, and set " +
        "usagePlan to count its callers by key",
    ],
    ["a key in the query", SCHEME, { type: "apiKey", in: "query", name: "token" }, definition],
    ["a header's name that is none", SCHEME, { type: "apiKey", in: "header", name: "a b" }, definition],
    ["a header without a name", SCHEME, { type: "apiKey", in: "header" }, definition],
    ["basic authentication", SCHEME, { type: "http", scheme: "basic" }, definition],
    ["OAuth 2, whose scopes nothing here would check", SCHEME, { type: "oauth2", flows: {} }, definition],
  ])("%s", (_title, place, value, sentence) => {
    expect(sentenceOf(() => operationsOf(set(smallDocument(), place, value)))).toContain(sentence);
  });

  test("a scheme's name that an authorizer cannot have", () => {
    const document = set(smallDocument(), ["components", "securitySchemes", "a b"], { type: "http", scheme: "bearer" });
    const sentence = sentenceOf(() => operationsOf(set(document, ["security"], [{ "a b": [] }])));
    expect(sentence).toContain(`components.securitySchemes["a b"] is {"type":"http","scheme":"bearer"}; ${definition}`);
  });

  test("an API key beside an authorizer: usagePlan asks for keys", () => {
    const key = { type: "apiKey", in: "header", name: "x-api-key" };
    const document = set(smallDocument(), ["components", "securitySchemes", "key"], key);
    const sentence = sentenceOf(() => operationsOf(set(document, ["security"], [{ bearer: [], key: [] }])));
    expect(sentence).toContain(
      'security is the API key "key", and an authorizer; allowed: the scheme of an authorizer',
    );
  });
});

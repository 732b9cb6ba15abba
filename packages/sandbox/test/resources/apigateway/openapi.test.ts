import { describe, expect, test } from "vitest";
import { planApi } from "../../../src/resources/apigateway/openapi.ts";

const INTEGRATION = { "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri: "arn:fn" } };

function documentOf(more: object) {
  return { openapi: "3.0.3", info: { title: "t", version: "1" }, paths: {}, ...more };
}

describe("planApi", () => {
  test("reads paths, parameters, models and validators", () => {
    const plan = planApi(
      documentOf({
        "x-amazon-apigateway-request-validators": {
          all: { validateRequestBody: true, validateRequestParameters: true },
          body: { validateRequestBody: true },
        },
        "x-amazon-apigateway-request-validator": "all",
        paths: {
          "/orders/{id}": {
            parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
            put: {
              operationId: "putOrder",
              parameters: [
                { $ref: "#/components/parameters/q" },
                { name: "x-trace", in: "header", schema: { type: "string" } },
                { name: "c", in: "cookie", schema: { type: "string" } },
              ],
              requestBody: {
                content: {
                  "application/json": { schema: { $ref: "#/components/schemas/Order" } },
                  "application/xml": { schema: { type: "string" } },
                  "text/plain": {},
                },
              },
              responses: {
                "200": { content: { "application/json": { schema: { $ref: "#/components/schemas/Order" } } } },
                default: { description: "else" },
              },
              "x-amazon-apigateway-request-validator": "body",
              ...INTEGRATION,
            },
            "x-amazon-apigateway-any-method": { responses: {}, ...INTEGRATION },
          },
        },
        components: {
          parameters: { q: { name: "q", in: "query", required: true, schema: { type: "string" } } },
          schemas: {
            Order: {
              type: "object",
              nullable: true,
              example: { $ref: "no reference" },
              required: ["lines"],
              properties: {
                example: { type: "string" },
                lines: { type: "array", items: { $ref: "#/components/schemas/Line" } },
              },
            },
            Line: { type: "object", properties: { kind: { enum: ["a", "b"] } }, additionalProperties: false },
          },
        },
      }),
    );
    expect(plan.validators).toEqual({
      all: { validateRequestBody: true, validateRequestParameters: true },
      body: { validateRequestBody: true, validateRequestParameters: false },
    });
    const [put, any] = plan.methods;
    const xml = put?.requestModels["application/xml"] as string;
    expect(xml).toMatch(/^MODEL[0-9a-f]{6}$/);
    expect(put).toEqual({
      path: "/orders/{id}",
      httpMethod: "PUT",
      operationName: "putOrder",
      apiKeyRequired: false,
      authorizationType: "NONE",
      authorizer: undefined,
      authorizationScopes: [],
      validator: "body",
      requestModels: { "application/json": "Order", "application/xml": xml },
      requestParameters: {
        "method.request.path.id": true,
        "method.request.querystring.q": true,
        "method.request.header.x-trace": false,
      },
      integration: { type: "aws_proxy", httpMethod: "POST", uri: "arn:fn" },
      responses: { "200": { "application/json": "Order" } },
    });
    expect(any).toMatchObject({ httpMethod: "ANY", validator: "all" });
    expect(plan.models).toEqual({
      Order: {
        type: "object",
        required: ["lines"],
        // A property may be called like a keyword that models have not.
        properties: { example: { type: "string" }, lines: { type: "array", items: { $ref: "model:Line" } } },
      },
      Line: { type: "object", properties: { kind: { enum: ["a", "b"] } }, additionalProperties: false },
      [xml]: { type: "string" },
    });
  });

  test("reads the ways to be authorized", () => {
    const authorizer = (type: string) => ({
      type,
      authorizerUri: "arn:auth",
      identitySource: "method.request.header.A",
    });
    const plan = planApi(
      documentOf({
        security: [{ lambda: [] }],
        paths: {
          "/a": {
            get: INTEGRATION,
            post: { ...INTEGRATION, security: [{ pool: ["orders/write"], key: [] }] },
            put: { ...INTEGRATION, security: [{ sigv4: [] }] },
            delete: { ...INTEGRATION, security: [] },
            patch: { ...INTEGRATION, security: [{ words: [] }] },
          },
        },
        components: {
          securitySchemes: {
            lambda: {
              type: "apiKey",
              name: "A",
              in: "header",
              "x-amazon-apigateway-authorizer": authorizer("request"),
            },
            pool: {
              type: "apiKey",
              name: "A",
              in: "header",
              "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: ["arn:pool"] },
            },
            key: { type: "apiKey", name: "X-Api-Key", in: "header" },
            sigv4: { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" },
            words: { type: "http", scheme: "bearer" },
          },
        },
      }),
    );
    const found = plan.methods.map(
      ({ httpMethod, authorizationType, authorizer: by, apiKeyRequired, authorizationScopes }) =>
        [httpMethod, authorizationType, by, apiKeyRequired, authorizationScopes.join()].join(" "),
    );
    expect(found.sort()).toEqual([
      "DELETE NONE  false ",
      "GET CUSTOM lambda false ",
      "PATCH NONE  false ",
      "POST COGNITO_USER_POOLS pool true orders/write",
      "PUT AWS_IAM  false ",
    ]);
    expect(plan.authorizers.lambda).toEqual({ ...authorizer("request"), header: "A" });
  });

  test("reads what is said of the API as a whole", () => {
    const plan = planApi(
      documentOf({
        "x-amazon-apigateway-policy": { Statement: [] },
        "x-amazon-apigateway-binary-media-types": ["image/png"],
        "x-amazon-apigateway-api-key-source": "HEADER",
        "x-amazon-apigateway-minimum-compression-size": 1024,
        "x-amazon-apigateway-gateway-responses": { DEFAULT_4XX: { statusCode: 418 } },
      }),
    );
    expect(plan).toMatchObject({
      policy: { Statement: [] },
      binaryMediaTypes: ["image/png"],
      apiKeySource: "HEADER",
      minimumCompressionSize: 1024,
      gatewayResponses: { DEFAULT_4XX: { statusCode: 418 } },
    });
  });

  test.each([
    [
      { swagger: "2.0" },
      "The sandbox reads OpenAPI 3.0 bodies of a REST API, and this one says openapi: undefined. Write the document as OpenAPI 3.0.",
    ],
    [
      { openapi: "3.1.0" },
      "The sandbox reads OpenAPI 3.0 bodies of a REST API, and this one says openapi: 3.1.0. Write the document as OpenAPI 3.0.",
    ],
    [
      documentOf({ paths: { "/a": { get: { "x-amazon-apigateway-request-validator": "all" } } } }),
      'GET /a names the request validator "all", which the document does not define. Define it in x-amazon-apigateway-request-validators (there: none).',
    ],
    [
      documentOf({ paths: { "/a": { get: { operationId: "getA", security: [{ missing: [] }] } } } }),
      'getA requires the security scheme "missing", which the document does not define. Define it in components.securitySchemes.',
    ],
    [
      documentOf({ paths: { "/a": { get: { parameters: [{ $ref: "#/components/parameters/q" }] } } } }),
      "The API's document refers to #/components/parameters/q, which is not in it. Correct the reference.",
    ],
  ])("refuses what it does not know: %j", (document, message) => {
    expect(() => planApi(document)).toThrow(message);
  });
});

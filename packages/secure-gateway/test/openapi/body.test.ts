import { describe, expect, test } from "vitest";
import { type Bindings, gatewayBody, operationsOf } from "../../src/index.ts";
import { gatewayResponses } from "../../src/openapi/gateway-responses.ts";
import { exampleDocument, sentenceOf, set, smallDocument } from "../fixtures.ts";

const bindings: Bindings = {
  invokeArns: { replacePet: "arn:pets", getStatus: "arn:status" },
  authorizerInvokeArn: "arn:authorizer",
  authorizerResultTtlSeconds: 30,
  timeoutMilliseconds: 5000,
  meteredByApiKey: false,
};

describe("gatewayBody", () => {
  test("is what API Gateway imports, whole", () => {
    expect(gatewayBody(smallDocument(), bindings)).toEqual({
      openapi: "3.0.1",
      info: { title: "Pets", version: "7" },
      paths: {
        "/pets/{petId}": {
          put: {
            operationId: "replacePet",
            parameters: [{ name: "petId", in: "path", required: true, schema: { type: "string" } }],
            requestBody: {
              required: true,
              content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
            },
            responses: { "200": { description: "The pet" } },
            security: [{ bearer: [] }],
            "x-amazon-apigateway-request-validator": "all",
            "x-amazon-apigateway-integration": {
              type: "aws_proxy",
              httpMethod: "POST",
              uri: "arn:pets",
              passthroughBehavior: "never",
              timeoutInMillis: 5000,
            },
          },
        },
        "/status": {
          get: {
            operationId: "getStatus",
            parameters: [],
            responses: { "200": { description: "All is well" } },
            security: [],
            "x-amazon-apigateway-request-validator": "all",
            "x-amazon-apigateway-integration": {
              type: "aws_proxy",
              httpMethod: "POST",
              uri: "arn:status",
              passthroughBehavior: "never",
              timeoutInMillis: 5000,
            },
          },
        },
      },
      components: {
        schemas: {
          Pet: { type: "object", additionalProperties: false, properties: { name: { type: "string", maxLength: 40 } } },
        },
        securitySchemes: {
          bearer: {
            type: "apiKey",
            name: "Authorization",
            in: "header",
            "x-amazon-apigateway-authtype": "custom",
            "x-amazon-apigateway-authorizer": {
              type: "request",
              identitySource: "method.request.header.Authorization",
              authorizerUri: "arn:authorizer",
              authorizerResultTtlInSeconds: 30,
            },
          },
        },
      },
      "x-amazon-apigateway-request-validators": {
        all: { validateRequestBody: true, validateRequestParameters: true },
      },
      "x-amazon-apigateway-request-validator": "all",
      "x-amazon-apigateway-gateway-responses": gatewayResponses(),
    });
  });

  test("of the example API keeps none of our extensions and nothing that the import ignores", () => {
    const document = exampleDocument();
    const invokeArns = Object.fromEntries(
      operationsOf(document).map(({ operationId }) => [operationId, "arn:function"]),
    );
    const text = JSON.stringify(gatewayBody(document, { ...bindings, invokeArns }));
    expect(text).not.toMatch(/x-palisade|"format"|"nullable"|"discriminator"|"example"|"oneOf"/);
    const operations = operationsOf(document);
    expect([...text.matchAll(/"x-amazon-apigateway-integration":/g)]).toHaveLength(operations.length);
    const open = operations.filter(({ identityHeader }) => identityHeader === undefined);
    expect([...text.matchAll(/"security":\[\]/g)]).toHaveLength(open.length);
    expect([...text.matchAll(/"x-amazon-apigateway-authorizer":/g)]).toHaveLength(2);
  });

  test("keeps an answer under every parameter and the caller's credential, which it declares", () => {
    const document = set(smallDocument(), ["paths", "/pets/{petId}", "get"], { operationId: "getPet" });
    const key = ["method.request.path.petId", "method.request.header.Authorization"];
    const invokeArns = { ...bindings.invokeArns, getPet: "arn:pets" };
    const body = gatewayBody(document, { ...bindings, invokeArns, cacheKeys: { getPet: key } }) as unknown as {
      paths: Record<string, Record<string, { parameters: object[]; "x-amazon-apigateway-integration": object }>>;
    };
    const item = body.paths["/pets/{petId}"];
    expect(item?.get?.["x-amazon-apigateway-integration"]).toMatchObject({ cacheKeyParameters: key });
    expect(item?.get?.parameters).toEqual([
      { name: "petId", in: "path", required: true, schema: { type: "string" } },
      { name: "Authorization", in: "header", required: false, schema: { type: "string" } },
    ]);
    expect(item?.put?.["x-amazon-apigateway-integration"]).not.toHaveProperty("cacheKeyParameters");
    expect(item?.put?.parameters).toHaveLength(1);
    const declared = set(
      document,
      ["paths", "/pets/{petId}", "get", "parameters"],
      [{ name: "Authorization", in: "header", required: true, schema: { type: "string" } }],
    );
    const again = gatewayBody(declared, {
      ...bindings,
      invokeArns,
      cacheKeys: { getPet: key },
    }) as unknown as typeof body;
    expect(again.paths["/pets/{petId}"]?.get?.parameters).toContainEqual({
      name: "Authorization",
      in: "header",
      required: true,
      schema: { type: "string" },
    });
    expect(again.paths["/pets/{petId}"]?.get?.parameters).toHaveLength(2);
  });

  test("says what an import would set back", () => {
    const body = gatewayBody(smallDocument(), {
      ...bindings,
      securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09",
      endpointAccessMode: "STRICT",
      defaultEndpointDisabled: true,
      vpcEndpointIds: ["vpce-1"],
    });
    expect(body).toMatchObject({
      "x-amazon-apigateway-endpoint-configuration": { disableExecuteApiEndpoint: true, vpcEndpointIds: ["vpce-1"] },
      "x-amazon-apigateway-security-policy": "SecurityPolicy_TLS13_1_3_2025_09",
      "x-amazon-apigateway-endpoint-access-mode": "STRICT",
    });
    expect(Object.keys(gatewayBody(smallDocument(), bindings))).not.toContain(
      "x-amazon-apigateway-endpoint-configuration",
    );
  });

  test("leaves a body out that is not JSON, since API Gateway would parse it as JSON", () => {
    const content = { "application/xml": { schema: { type: "string" } } };
    const place = ["paths", "/pets/{petId}", "put", "requestBody", "content"];
    const body = gatewayBody(set(smallDocument(), place, content), bindings) as {
      paths: Record<string, Record<string, object>>;
      components: { schemas: object };
    };
    expect(body.paths["/pets/{petId}"]?.put).not.toHaveProperty("requestBody");
    expect(body.components.schemas).toEqual({});
  });

  test("resolves shared parameters and bodies, lets an operation's parameter replace its path's, leaves cookies out", () => {
    let document = set(smallDocument(), ["components", "parameters"], {
      Petty: { name: "petId", in: "path", required: true, schema: { $ref: "#/components/schemas/Id" } },
    });
    document = set(document, ["components", "schemas", "Id"], { type: "integer" });
    document = set(document, ["components", "requestBodies"], {
      Pet: { content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
    });
    document = set(document, ["paths", "/pets/{petId}", "put", "requestBody"], {
      $ref: "#/components/requestBodies/Pet",
    });
    document = set(
      document,
      ["paths", "/pets/{petId}", "put", "parameters"],
      [
        { $ref: "#/components/parameters/Petty" },
        { name: "X-Trace", in: "header", schema: {} },
        { name: "verbose", in: "query", required: true, schema: { type: "boolean", maxLength: 5 } },
        { name: "theme", in: "cookie", required: true, schema: { type: "string" } },
      ],
    );
    document = set(document, ["paths", "/pets/{petId}", "put", "summary"], "Replace a pet.");
    document = set(document, ["paths", "/pets/{petId}", "put", "responses", "default"], { description: "Any" });
    document = set(document, ["paths", "/pets/{petId}", "put", "responses", "204"], {});
    const body = gatewayBody(document, bindings) as { paths: Record<string, Record<string, object>> };
    expect(body.paths["/pets/{petId}"]?.put).toMatchObject({
      summary: "Replace a pet.",
      parameters: [
        { name: "petId", in: "path", required: true, schema: { type: "integer" } },
        { name: "X-Trace", in: "header", required: false, schema: { type: "string" } },
        { name: "verbose", in: "query", required: true, schema: { type: "boolean" } },
      ],
      requestBody: {
        required: false,
        content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
      },
      responses: { "200": { description: "The pet" }, "204": { description: "" } },
    });
  });

  test("two methods of one path stand together", () => {
    const document = set(smallDocument(), ["paths", "/status", "delete"], {
      operationId: "clearStatus",
      "x-palisade-groups": ["keeper"],
    });
    const body = gatewayBody(document, { ...bindings, invokeArns: { ...bindings.invokeArns, clearStatus: "arn:x" } });
    expect(Object.keys((body.paths as Record<string, object>)["/status"] ?? {})).toEqual(["get", "delete"]);
  });

  test("asks for an API key, where metered, of operations with an authorizer only", () => {
    const body = gatewayBody(smallDocument(), { ...bindings, meteredByApiKey: true }) as {
      paths: Record<string, Record<string, object>>;
      components: { securitySchemes: Record<string, unknown> };
    };
    expect(body.paths["/pets/{petId}"]?.put).toMatchObject({ security: [{ bearer: [], palisadeApiKey: [] }] });
    expect(body.paths["/status"]?.get).toMatchObject({ security: [] });
    expect(body.components.securitySchemes.palisadeApiKey).toEqual({ type: "apiKey", name: "x-api-key", in: "header" });
  });

  test("has a title and a version where the document has none", () => {
    expect(gatewayBody(set(smallDocument(), ["info"], undefined), bindings)).toMatchObject({
      info: { title: "without a title", version: "1" },
    });
  });

  test.each(["replacePet", "constructor"])("an operation %s without a function is refused", (operationId) => {
    const document = set(smallDocument(), ["paths", "/pets/{petId}", "put", "operationId"], operationId);
    expect(sentenceOf(() => gatewayBody(document, { ...bindings, invokeArns: {} }))).toBe(
      `OpenAPI document "Pets": paths["/pets/{petId}"].put.operationId is "${operationId}", which has no function; ` +
        `allowed: an operation with a function; to fix it, add ${operationId} to functions`,
    );
  });
});

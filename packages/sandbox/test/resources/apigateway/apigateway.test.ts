import {
  GetAccountCommand,
  GetAuthorizersCommand,
  GetDeploymentCommand,
  GetMethodCommand,
  GetModelCommand,
  GetModelsCommand,
  GetRequestValidatorsCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetStageCommand,
  GetUsagePlanCommand,
  GetUsagePlanKeysCommand,
} from "@aws-sdk/client-api-gateway";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Emulated, type Made, outcome, startEmulated } from "../../helpers/emulated.ts";

let emulated: Emulated;
beforeAll(async () => {
  emulated = await startEmulated();
}, 180_000);
afterAll(() => emulated.sandbox.close());

const MOCK = {
  type: "mock",
  requestTemplates: { "application/json": '{"statusCode":200}' },
  responses: { default: { statusCode: "200" }, "4\\d{2}": { statusCode: "400" } },
};

function body(paths: object, more: object = {}) {
  return JSON.stringify({ openapi: "3.0.3", info: { title: "t", version: "1" }, paths, ...more });
}

async function stageOf(api: Made, stageName = "live"): Promise<{ deployment: Made; stage: Made; url: string }> {
  const deployment = await emulated.create("aws:apigateway/deployment:Deployment", { restApi: api.id });
  const stage = await emulated.create("aws:apigateway/stage:Stage", {
    restApi: api.id,
    deployment: deployment.id,
    stageName,
    xrayTracingEnabled: true,
    accessLogSettings: {
      destinationArn: "arn:aws:logs:us-east-1:123456789012:log-group:access",
      format: "$context.requestId",
    },
  });
  return { deployment, stage, url: `${emulated.sandbox.emulatorUrl}/_aws/execute-api/${api.id}/${stageName}` };
}

async function paths(restApiId: string): Promise<string[]> {
  const { items = [] } = await emulated.sandbox.clients.apiGateway.send(new GetResourcesCommand({ restApiId }));
  return items.flatMap(({ path, resourceMethods }) =>
    Object.keys(resourceMethods ?? {}).map((method) => `${method} ${path}`),
  );
}

describe("a REST API from a document", () => {
  test("has everything that the document says, and another document takes its place", async () => {
    const { apiGateway } = emulated.sandbox.clients;
    const first = body(
      {
        "/": { get: { "x-amazon-apigateway-integration": MOCK, responses: {} } },
        "/a/{id}/b": {
          post: {
            operationId: "postB",
            security: [{ custom: [] }],
            requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Outer" } } } },
            responses: { "200": { description: "ok" } },
            "x-amazon-apigateway-request-validator": "all",
            "x-amazon-apigateway-integration": MOCK,
          },
          get: { responses: {} },
        },
      },
      {
        components: {
          schemas: {
            Outer: { type: "object", properties: { inner: { $ref: "#/components/schemas/Inner" } } },
            Inner: { type: "integer" },
          },
          securitySchemes: {
            custom: {
              type: "apiKey",
              name: "Authorization",
              in: "header",
              "x-amazon-apigateway-authorizer": {
                type: "token",
                authorizerUri: "arn:aws:apigateway:us-east-1:lambda:x",
              },
            },
            pool: {
              type: "apiKey",
              name: "Authorization",
              in: "header",
              "x-amazon-apigateway-authorizer": {
                type: "cognito_user_pools",
                providerARNs: ["arn:aws:cognito-idp:us-east-1:123456789012:userpool/p"],
              },
            },
          },
        },
        "x-amazon-apigateway-request-validators": {
          all: { validateRequestBody: true, validateRequestParameters: true },
        },
        "x-amazon-apigateway-gateway-responses": {
          MISSING_AUTHENTICATION_TOKEN: { statusCode: 418, responseTemplates: { "application/json": '{"tea":true}' } },
          DEFAULT_5XX: { responseParameters: { "gatewayresponse.header.x-a": "'b'" } },
        },
      },
    );
    const api = await emulated.create("aws:apigateway/restApi:RestApi", {
      name: "orders",
      description: "first",
      body: first,
      endpointConfiguration: { types: "REGIONAL" },
      minimumCompressionSize: "1024",
      tags: { team: "a" },
    });
    const restApiId = api.id;
    expect(api.outputs).toMatchObject({
      name: "orders",
      arn: `arn:aws:apigateway:us-east-1::/restapis/${restApiId}`,
      executionArn: `arn:aws:execute-api:us-east-1:123456789012:${restApiId}`,
    });
    expect((await paths(restApiId)).sort()).toEqual(["GET /", "GET /a/{id}/b", "POST /a/{id}/b"]);
    const outer = await apiGateway.send(new GetModelCommand({ restApiId, modelName: "Outer" }));
    expect(JSON.parse(outer.schema ?? "{}").properties.inner.$ref).toBe(
      `https://apigateway.amazonaws.com/restapis/${restApiId}/models/Inner`,
    );
    const { items: authorizers } = await apiGateway.send(new GetAuthorizersCommand({ restApiId }));
    expect(
      authorizers?.map(({ name, type, authorizerResultTtlInSeconds }) => [name, type, authorizerResultTtlInSeconds]),
    ).toEqual(
      expect.arrayContaining([
        ["custom", "TOKEN", 300],
        ["pool", "COGNITO_USER_POOLS", 300],
      ]),
    );
    const { items: resources } = await apiGateway.send(new GetResourcesCommand({ restApiId }));
    const resourceId = resources?.find(({ path }) => path === "/a/{id}/b")?.id;
    const method = await apiGateway.send(new GetMethodCommand({ restApiId, resourceId, httpMethod: "POST" }));
    expect(method).toMatchObject({
      authorizationType: "CUSTOM",
      operationName: "postB",
      requestModels: { "application/json": "Outer" },
    });
    expect(Object.keys(method.methodIntegration?.integrationResponses ?? {})).toEqual(["200", "400"]);

    const { url } = await stageOf(api);
    const missing = await fetch(`${url}/nothing`);
    expect([missing.status, await missing.json()]).toEqual([418, { tea: true }]);

    const second = body({ "/c": { get: { "x-amazon-apigateway-integration": MOCK, responses: {} } } });
    await api.update({ body: second, description: "second" });
    expect(await paths(restApiId)).toEqual(["GET /c"]);
    expect((await apiGateway.send(new GetModelsCommand({ restApiId }))).items).toEqual([]);
    expect((await apiGateway.send(new GetAuthorizersCommand({ restApiId }))).items).toEqual([]);
    expect((await apiGateway.send(new GetRequestValidatorsCommand({ restApiId }))).items).toEqual([]);
    expect((await apiGateway.send(new GetRestApiCommand({ restApiId }))).description).toBe("second");

    await api.delete();
    expect(await outcome(apiGateway.send(new GetRestApiCommand({ restApiId })))).toBe("NotFoundException");
  });

  test("keeps its parts where the document is the same, and its policy where there is one", async () => {
    const text = body({ "/a": { get: { "x-amazon-apigateway-integration": MOCK, responses: {} } } });
    const policy = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Principal: "*", Action: "execute-api:Invoke", Resource: "*" }],
    };
    const api = await emulated.create("aws:apigateway/restApi:RestApi", { body: text, policy });
    const { url } = await stageOf(api);
    expect((await fetch(`${url}/a`)).status).toBe(403);
    await api.update({
      body: text,
      policy: { Version: "2012-10-17", Statement: [{ ...policy.Statement[0], Effect: "Allow" }] },
    });
    expect((await fetch(`${url}/a`)).status).toBe(200);
    expect(await paths(api.id)).toEqual(["GET /a"]);
  });

  test("is refused where the body is not JSON", async () => {
    const api = emulated.create("aws:apigateway/restApi:RestApi", { body: "openapi: 3.0.3" });
    await expect(api).rejects.toThrow(
      /^The body of the REST API is not JSON: .* Give the OpenAPI document as JSON text\.$/,
    );
  });
});

describe("a stage", () => {
  test("moves to another deployment, and its methods are throttled", async () => {
    const { apiGateway } = emulated.sandbox.clients;
    const text = body({ "/orders/{id}": { get: { "x-amazon-apigateway-integration": MOCK, responses: {} } } });
    const api = await emulated.create("aws:apigateway/restApi:RestApi", { body: text });
    const restApiId = api.id;
    const { deployment, stage, url } = await stageOf(api);
    expect(stage.id).toBe(`ags-${restApiId}-live`);
    expect(stage.outputs).toEqual({
      arn: `arn:aws:apigateway:us-east-1::/restapis/${restApiId}/stages/live`,
      executionArn: `arn:aws:execute-api:us-east-1:123456789012:${restApiId}/live`,
      invokeUrl: `https://${restApiId}.execute-api.us-east-1.amazonaws.com/live`,
    });
    const read = () => apiGateway.send(new GetStageCommand({ restApiId, stageName: "live" }));
    expect(await read()).toMatchObject({ tracingEnabled: true, accessLogSettings: { format: "$context.requestId" } });

    const at = { restApi: restApiId, stageName: "live", methodPath: "~1orders~1{id}/GET" };
    const settings = await emulated.create("aws:apigateway/methodSettings:MethodSettings", {
      ...at,
      settings: {
        throttlingBurstLimit: 0,
        throttlingRateLimit: 0,
        loggingLevel: "ERROR",
        metricsEnabled: true,
        unknown: 1,
      },
    });
    expect(settings.id).toBe(`${restApiId}-live-~1orders~1{id}/GET`);
    expect((await fetch(`${url}/orders/1`)).status).toBe(429);
    await settings.update({ ...at, settings: { throttlingBurstLimit: 10, throttlingRateLimit: 10 } });
    expect((await fetch(`${url}/orders/1`)).status).toBe(200);
    await settings.delete();
    expect(Object.keys((await read()).methodSettings ?? {})).toEqual([]);

    const next = await emulated.create("aws:apigateway/deployment:Deployment", {
      restApi: restApiId,
      description: "next",
    });
    expect((await next.update({ restApi: restApiId, description: "renamed" })).outputs.createdDate).toBe(
      next.outputs.createdDate,
    );
    await stage.update({ restApi: restApiId, stageName: "live", deployment: next.id });
    expect(await read()).toMatchObject({ deploymentId: next.id, tracingEnabled: false });
    await deployment.delete();
    expect(await outcome(apiGateway.send(new GetDeploymentCommand({ restApiId, deploymentId: deployment.id })))).toBe(
      "NotFoundException",
    );
    await stage.delete();
    expect(await outcome(read())).toBe("NotFoundException");
  });
});

describe("usage plans", () => {
  test("a key of a plan opens a method that asks for one", async () => {
    const { apiGateway } = emulated.sandbox.clients;
    const text = body(
      { "/a": { get: { security: [{ key: [] }], "x-amazon-apigateway-integration": MOCK, responses: {} } } },
      { components: { securitySchemes: { key: { type: "apiKey", name: "x-api-key", in: "header" } } } },
    );
    const api = await emulated.create("aws:apigateway/restApi:RestApi", { body: text });
    const { url } = await stageOf(api);
    const apiStages = [{ apiId: api.id, stage: "live", throttles: [{ path: "/a/GET", burstLimit: 5, rateLimit: 5 }] }];
    const plan = await emulated.create("aws:apigateway/usagePlan:UsagePlan", {
      apiStages,
      throttleSettings: { burstLimit: 10, rateLimit: 10 },
      quotaSettings: { limit: 100, period: "DAY" },
    });
    const key = await emulated.create("aws:apigateway/apiKey:ApiKey", {
      name: "partner",
      value: "a-value-of-20-characters",
    });
    expect(key.outputs.value).toBe("a-value-of-20-characters");
    const headers = { "x-api-key": "a-value-of-20-characters" };
    expect((await fetch(`${url}/a`, { headers })).status).toBe(403);
    const member = await emulated.create("aws:apigateway/usagePlanKey:UsagePlanKey", {
      keyId: key.id,
      keyType: "API_KEY",
      usagePlanId: plan.id,
    });
    expect((await fetch(`${url}/a`, { headers })).status).toBe(200);

    const usagePlanId = plan.id;

    await member.delete();
    expect((await apiGateway.send(new GetUsagePlanKeysCommand({ usagePlanId }))).items).toEqual([]);
    await key.delete();
    await plan.delete();
    expect(await outcome(apiGateway.send(new GetUsagePlanCommand({ usagePlanId })))).toBe("NotFoundException");
  });

  test("the account has one role for logs", async () => {
    const role = "arn:aws:iam::123456789012:role/logs";
    const account = await emulated.create("aws:apigateway/account:Account", { cloudwatchRoleArn: role });
    expect(account.id).toBe("api-gateway-account");
    const read = async () =>
      (await emulated.sandbox.clients.apiGateway.send(new GetAccountCommand({}))).cloudwatchRoleArn;
    expect(await read()).toBe(role);
    await account.update({ cloudwatchRoleArn: `${role}-2` });
    expect(await read()).toBe(`${role}-2`);
    await account.update({});
    await account.delete();
    expect(await read()).toBe(`${role}-2`);
  });
});

test("a REST API part by part", async () => {
  const { apiGateway } = emulated.sandbox.clients;
  const api = await emulated.create("aws:apigateway/restApi:RestApi", {});
  const restApi = api.id;
  const resource = await emulated.create("aws:apigateway/resource:Resource", {
    restApi,
    parentId: api.outputs.rootResourceId,
    pathPart: "a",
  });
  expect(resource.outputs.path).toBe("/a");
  const model = await emulated.create("aws:apigateway/model:Model", {
    restApi,
    contentType: "application/json",
    schema: '{"type":"object","required":["n"]}',
  });
  expect(model.outputs.name).toMatch(/^thing[0-9a-f]{7}$/);
  const validator = await emulated.create("aws:apigateway/requestValidator:RequestValidator", {
    restApi,
    validateRequestBody: true,
  });
  const authorizer = await emulated.create("aws:apigateway/authorizer:Authorizer", {
    restApi,
    authorizerUri: "arn:aws:apigateway:us-east-1:lambda:x",
  });
  const at = { restApi, resourceId: resource.id, httpMethod: "POST" };
  const method = await emulated.create("aws:apigateway/method:Method", {
    ...at,
    authorization: "NONE",
    requestValidatorId: validator.id,
    requestModels: { "application/json": model.outputs.name },
  });
  expect(method.id).toBe(`agm-${restApi}-${resource.id}-POST`);
  const integration = await emulated.create("aws:apigateway/integration:Integration", {
    ...at,
    type: "MOCK",
    requestTemplates: MOCK.requestTemplates,
  });
  const response = await emulated.create("aws:apigateway/response:Response", {
    restApiId: restApi,
    responseType: "BAD_REQUEST_BODY",
    statusCode: "422",
  });
  const { url } = await stageOf(api);
  const post = async (text: string) => (await fetch(`${url}/a`, { method: "POST", body: text })).status;
  expect(await post('{"n":1}')).toBe(200);
  expect(await post("{}")).toBe(422);
  for (const part of [integration, method, validator, authorizer, model, response, resource]) {
    await part.delete();
    await part.delete();
  }
  expect(await paths(restApi)).toEqual([]);
  expect((await apiGateway.send(new GetModelsCommand({ restApiId: restApi }))).items).toEqual([]);
});

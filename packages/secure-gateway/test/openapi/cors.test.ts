import { expect, test } from "vitest";
import { type CorsPolicy, gatewayBody } from "../../src/index.ts";
import { preflight } from "../../src/openapi/cors.ts";
import { gatewayResponses } from "../../src/openapi/gateway-responses.ts";
import { smallDocument } from "../fixtures.ts";

const policy: CorsPolicy = {
  origin: "https://pets.example.com",
  allowCredentials: false,
  allowedHeaders: ["Authorization", "Content-Type"],
  exposedHeaders: [],
  maxAgeSeconds: 600,
};

test("a preflight is answered with static headers: whatever origin asks, one is named", () => {
  expect(preflight(policy, ["GET", "PUT"])).toEqual({
    summary: "The preflight of a page of another origin.",
    responses: {
      "204": {
        description: "What the page may send",
        headers: {
          "Access-Control-Allow-Origin": { schema: { type: "string" } },
          "Access-Control-Allow-Methods": { schema: { type: "string" } },
          "Access-Control-Allow-Headers": { schema: { type: "string" } },
          "Access-Control-Max-Age": { schema: { type: "string" } },
          Vary: { schema: { type: "string" } },
        },
      },
    },
    security: [],
    "x-amazon-apigateway-integration": {
      type: "mock",
      passthroughBehavior: "when_no_match",
      requestTemplates: { "application/json": '{"statusCode":204}' },
      responses: {
        default: {
          statusCode: "204",
          responseParameters: {
            "method.response.header.Access-Control-Allow-Origin": "'https://pets.example.com'",
            "method.response.header.Access-Control-Allow-Methods": "'GET,PUT'",
            "method.response.header.Access-Control-Allow-Headers": "'Authorization,Content-Type'",
            "method.response.header.Access-Control-Max-Age": "'600'",
            "method.response.header.Vary": "'Origin'",
          },
        },
      },
    },
  });
});

test("cookies and readable headers are named where they are allowed, and nothing that the page may not send", () => {
  const text = JSON.stringify(
    preflight({ ...policy, allowCredentials: true, allowedHeaders: [], exposedHeaders: ["ETag"] }, ["GET"]),
  );
  expect(text).toContain(`"method.response.header.Access-Control-Allow-Credentials":"'true'"`);
  expect(text).not.toMatch(/Expose-Headers|Allow-Headers/);
});

test("what API Gateway answers by itself has the same headers, each type of it, and none without a page", () => {
  const answers = gatewayResponses({ ...policy, allowCredentials: true, exposedHeaders: ["ETag", "X-Own"] });
  for (const [type, { responseParameters }] of Object.entries(answers)) {
    expect(responseParameters, type).toMatchObject({
      "gatewayresponse.header.Access-Control-Allow-Origin": "'https://pets.example.com'",
      "gatewayresponse.header.Access-Control-Allow-Credentials": "'true'",
      "gatewayresponse.header.Access-Control-Expose-Headers": "'ETag,X-Own'",
      "gatewayresponse.header.Vary": "'Origin'",
      "gatewayresponse.header.Strict-Transport-Security": "'max-age=63072000; includeSubDomains'",
    });
  }
  expect(JSON.stringify(gatewayResponses())).not.toMatch(/Access-Control|Vary/);
});

test("each path of a document gets a preflight that names the path's own methods", () => {
  const bindings = {
    invokeArns: { replacePet: "arn:pets", getStatus: "arn:status" },
    authorizerInvokeArn: "arn:authorizer",
    authorizerResultTtlSeconds: 60,
    timeoutMilliseconds: 29_000,
    meteredByApiKey: true,
  };
  const { paths } = gatewayBody(smallDocument(), { ...bindings, cors: policy }) as { paths: Record<string, object> };
  expect(paths["/pets/{petId}"]).toHaveProperty("options", preflight(policy, ["PUT"]));
  expect(paths["/status"]).toHaveProperty("options", preflight(policy, ["GET"]));
  expect(JSON.stringify(gatewayBody(smallDocument(), bindings))).not.toContain('"options"');
});

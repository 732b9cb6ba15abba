import rule from "../../../src/rules/apigateway/apigateway-operation-authorizer.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "no security",
    { body: { paths: { "/a": { get: { operationId: "read" } } } } },
    ["read (GET /a) has no authorizer; give it one"],
  ],
  [
    "violates",
    "an API key alone, in JSON text",
    {
      body: JSON.stringify({
        components: { securitySchemes: { key: { type: "apiKey", name: "x-api-key", in: "header" } } },
        paths: { "/a": { post: { security: [{ key: [] }] } } },
      }),
    },
    ["POST /a (POST /a) has no authorizer; give it one"],
  ],
  [
    "violates",
    "an operation that switches the document's security off",
    {
      body: {
        security: [{ sigv4: [] }],
        components: { securitySchemes: { sigv4: { "x-amazon-apigateway-authtype": "awsSigv4" } } },
        paths: { "/a": { "x-amazon-apigateway-any-method": { security: [] }, get: {} } },
      },
    },
    ["ANY /a (ANY /a) has no authorizer; give it one"],
  ],
  [
    "passes",
    "a Lambda authorizer whose address is not known, Swagger 2",
    {
      body: {
        securityDefinitions: { bearer: { "x-amazon-apigateway-authorizer": UNKNOWN } },
        paths: { "/a": { get: { security: [{ bearer: [] }] } } },
      },
    },
  ],
  [
    "passes",
    "a preflight that API Gateway answers itself",
    { body: { paths: { "/a": { options: { "x-amazon-apigateway-integration": { type: "MOCK" } }, parameters: [] } } } },
  ],
  [
    "passes",
    "a floor that was lowered with a reason",
    {
      body: { paths: { "/a": { get: { operationId: "read" } } } },
      tags: { "palisade:lowered:unauthenticated-route-read": "public by design" },
    },
  ],
  ["not applicable", "no body", {}, ["it has no OpenAPI body; its methods are resources"]],
  ["not evaluated", "an unknown body", { body: UNKNOWN }, ["body: is not known before deployment"]],
  ["not evaluated", "YAML", { body: "openapi: 3.0.1" }, ["body: is no JSON"]],
]);

import rule from "../../../src/rules/apigateway/apigateway-operation-validator.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "no validator",
    { body: { paths: { "/a": { get: {} } } } },
    ["GET /a (GET /a) is not validated; name a full validator"],
  ],
  [
    "violates",
    "a validator of parameters only; one that is not declared",
    {
      body: {
        "x-amazon-apigateway-request-validators": {
          half: { validateRequestParameters: true, validateRequestBody: false },
        },
        "x-amazon-apigateway-request-validator": "half",
        paths: { "/a": { get: {}, put: { operationId: "put", "x-amazon-apigateway-request-validator": "other" } } },
      },
    },
    ["GET /a (GET /a) is not validated; name a full validator", "put (PUT /a) is not validated; name a full validator"],
  ],
  [
    "passes",
    "the document's validator, and a preflight",
    {
      body: {
        "x-amazon-apigateway-request-validators": {
          all: { validateRequestParameters: true, validateRequestBody: true },
        },
        "x-amazon-apigateway-request-validator": "all",
        paths: { "/a": { get: {}, options: { "x-amazon-apigateway-integration": { type: "mock" } } } },
      },
    },
  ],
  ["not applicable", "no body", {}, ["it has no OpenAPI body; its methods are resources"]],
  ["not evaluated", "an unknown body", { body: UNKNOWN }, ["body: is not known before deployment"]],
]);

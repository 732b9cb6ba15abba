import rule from "../../../src/rules/apigateway/apigateway-operation-model.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "no request body in the document",
    { body: { paths: { "/a": { post: { operationId: "place" }, get: {} } } } },
    ["place (POST /a) takes a body without a model; give its requestBody a schema"],
  ],
  [
    "violates",
    "one of two media types has no schema",
    {
      body: {
        paths: { "/a": { put: { requestBody: { content: { "application/json": { schema: {} }, "text/xml": {} } } } } },
      },
    },
    ["PUT /a (PUT /a) takes a body without a model; give its requestBody a schema"],
  ],
  [
    "passes",
    "a schema; Swagger 2's body parameter",
    {
      body: {
        paths: {
          "/a": { post: { requestBody: { content: { "application/json": { schema: { $ref: "#/x" } } } } } },
          "/b": { patch: { parameters: [{ in: "query" }, { in: "body", schema: {} }] } },
        },
      },
    },
  ],
  ["passes", "methods without a body", { body: { paths: { "/a": { get: {}, delete: {}, head: {} } } } }],
  [
    "passes",
    "a floor that was lowered with a reason",
    {
      body: { paths: { "/a": { post: { operationId: "feed" } } } },
      tags: { "palisade:lowered:unmodelled-body-feed": "models describe JSON only" },
    },
  ],
  ["not applicable", "no body", {}, ["it has no OpenAPI body; its methods are resources"]],
  ["not evaluated", "an unknown body", { body: UNKNOWN }, ["body: is not known before deployment"]],
]);

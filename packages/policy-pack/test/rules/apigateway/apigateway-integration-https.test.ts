import rule from "../../../src/rules/apigateway/apigateway-integration-https.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "one operation to plain HTTP, one whose address is not known",
    { body: { paths: { "/a": { get: { "x-amazon-apigateway-integration": { uri: "http://a.example" } } } } } },
    ["GET /a: the integration speaks plain HTTP; use https://"],
  ],
  [
    "violates",
    "a resource to plain HTTP",
    { uri: "HTTP://a.example" },
    ["the integration speaks plain HTTP; use https://"],
    { type: "aws:apigateway/integration:Integration" },
  ],
  ["passes", "HTTPS", { uri: "https://a.example" }, [], { type: "aws:apigateway/integration:Integration" }],
  [
    "passes",
    "a function, and an operation without integration",
    {
      body: {
        paths: { "/a": { get: { "x-amazon-apigateway-integration": { uri: "arn:aws:apigateway:x" } }, put: {} } },
      },
    },
  ],
  ["not applicable", "no body", {}, ["it has no OpenAPI body; its methods are resources"]],
  [
    "not evaluated",
    "an unknown address",
    { body: { paths: { "/a": { get: { "x-amazon-apigateway-integration": { uri: UNKNOWN } } } } } },
    ["body.paths./a.get.x-amazon-apigateway-integration.uri: is not known before deployment"],
  ],
]);

import rule from "../../../src/rules/apigateway/apigateway-authorizer-cache.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "AWS's default; too long",
    {
      body: {
        components: { securitySchemes: { a: { "x-amazon-apigateway-authorizer": { type: "token" } } } },
        securityDefinitions: {
          b: { "x-amazon-apigateway-authorizer": { type: "request", authorizerResultTtlInSeconds: 301 } },
        },
      },
    },
    [
      "the authorizer a keeps answers for AWS's default time; set it",
      "the authorizer b keeps answers for 301 s; at most 300 s, or a revoked token goes on",
    ],
  ],
  [
    "violates",
    "a resource",
    { type: "REQUEST" },
    ["it keeps answers for AWS's default time; set it"],
    { type: "aws:apigateway/authorizer:Authorizer" },
  ],
  [
    "passes",
    "the boundary",
    { authorizerResultTtlInSeconds: 300 },
    [],
    { type: "aws:apigateway/authorizer:Authorizer" },
  ],
  ["passes", "none", { authorizerResultTtlInSeconds: 0 }, [], { type: "aws:apigateway/authorizer:Authorizer" }],
  ["passes", "a scheme without authorizer", { body: { components: { securitySchemes: { key: {} } } } }],
  [
    "not applicable",
    "Cognito's",
    { type: "COGNITO_USER_POOLS" },
    ["Cognito's authorizer keeps no answer"],
    { type: "aws:apigateway/authorizer:Authorizer" },
  ],
  ["not applicable", "no body", {}, ["it has no OpenAPI body; its methods are resources"]],
  [
    "not evaluated",
    "unknown",
    { authorizerResultTtlInSeconds: UNKNOWN },
    ["authorizerResultTtlInSeconds: is not known before deployment"],
    { type: "aws:apigateway/authorizer:Authorizer" },
  ],
]);

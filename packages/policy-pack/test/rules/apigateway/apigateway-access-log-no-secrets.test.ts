import rule from "../../../src/rules/apigateway/apigateway-access-log-no-secrets.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "an API key; a token of the authorizer's context",
    { accessLogSettings: { format: "$context.identity.apiKey $context.authorizer.accessToken $context.status" } },
    [
      "the access log holds $context.identity.apiKey; take it out of accessLogSettings.format",
      "the access log holds $context.authorizer.accessToken; take it out of accessLogSettings.format",
    ],
  ],
  [
    "passes",
    "who and what; the key's id is no key",
    { accessLogSettings: { format: "$context.identity.apiKeyId $context.authorizer.principalId" } },
  ],
  ["not applicable", "no log", {}, ["it writes no access log"]],
  [
    "not evaluated",
    "unknown",
    { accessLogSettings: { format: UNKNOWN } },
    ["accessLogSettings.format: is not known before deployment"],
  ],
]);

import rule from "../../../src/rules/apigateway/apigateway-stage-access-log.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "none", {}, ["nobody can tell who called: set accessLogSettings"]],
  [
    "violates",
    "an HTTP API's stage",
    { accessLogSettings: {} },
    ["nobody can tell who called: set accessLogSettings"],
    { type: "aws:apigatewayv2/stage:Stage" },
  ],
  ["passes", "a log group whose ARN is not known", { accessLogSettings: { destinationArn: UNKNOWN } }],
  ["not evaluated", "unknown", { accessLogSettings: UNKNOWN }, ["accessLogSettings: is not known before deployment"]],
]);

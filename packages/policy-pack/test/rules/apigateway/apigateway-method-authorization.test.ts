import rule from "../../../src/rules/apigateway/apigateway-method-authorization.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "NONE",
    { httpMethod: "GET", authorization: "NONE" },
    ["anyone may call the method; give it an authorizer"],
  ],
  ["violates", "absent", { httpMethod: "ANY" }, ["anyone may call the method; give it an authorizer"]],
  [
    "violates",
    "an authorizer that is not named",
    { authorization: "CUSTOM" },
    ["authorization is CUSTOM without an authorizerId; name the authorizer"],
  ],
  ["passes", "IAM", { authorization: "AWS_IAM" }],
  ["passes", "an authorizer whose id is not known", { authorization: "CUSTOM", authorizerId: UNKNOWN }],
  [
    "not applicable",
    "a preflight",
    { httpMethod: "OPTIONS", authorization: "NONE" },
    ["a preflight carries no credentials"],
  ],
  ["not evaluated", "unknown", { authorization: UNKNOWN }, ["authorization: is not known before deployment"]],
  [
    "not evaluated",
    "wrong type",
    { authorization: 1 },
    ["authorization: is a number, where the rule expects a string"],
  ],
]);

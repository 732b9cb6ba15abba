import rule from "../../../src/rules/apigateway/apigateway-method-validator.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "none", { httpMethod: "POST" }, ["requests are not validated; set requestValidatorId"]],
  ["passes", "one", { httpMethod: "POST", requestValidatorId: "abc" }],
  ["passes", "one whose id is not known", { httpMethod: "POST", requestValidatorId: UNKNOWN }],
  ["not applicable", "a preflight", { httpMethod: "OPTIONS" }, ["a preflight has no body"]],
  ["not evaluated", "unknown", { httpMethod: UNKNOWN }, ["httpMethod: is not known before deployment"]],
]);

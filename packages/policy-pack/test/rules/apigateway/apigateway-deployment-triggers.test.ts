import rule from "../../../src/rules/apigateway/apigateway-deployment-triggers.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "none", {}, ["a change of the API does not reach its stage; set triggers"]],
  ["violates", "the boundary: empty", { triggers: {} }, ["triggers is empty; hash what the deployment publishes"]],
  ["passes", "a hash that is not known", { triggers: { body: UNKNOWN } }],
  ["not evaluated", "unknown", { triggers: UNKNOWN }, ["triggers: is not known before deployment"]],
  ["not evaluated", "wrong type", { triggers: "x" }, ["triggers: is a string, where the rule expects an object"]],
]);

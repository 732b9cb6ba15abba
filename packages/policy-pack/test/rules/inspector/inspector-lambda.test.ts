import rule from "../../../src/rules/inspector/inspector-lambda.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "not among them", { resourceTypes: ["ECR"] }, ["it does not scan LAMBDA; add it to resourceTypes"]],
  ["passes", "boundary: the one", { resourceTypes: ["LAMBDA"] }, []],
  ["not evaluated", "unknown", { resourceTypes: UNKNOWN }, ["resourceTypes: is not known before deployment"]],
]);

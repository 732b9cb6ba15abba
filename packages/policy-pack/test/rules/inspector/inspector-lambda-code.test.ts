import rule from "../../../src/rules/inspector/inspector-lambda-code.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "not among them",
    { resourceTypes: ["LAMBDA"] },
    ["it does not scan LAMBDA_CODE; add it to resourceTypes"],
  ],
  ["passes", "boundary: the one", { resourceTypes: ["LAMBDA_CODE"] }, []],
  ["not evaluated", "unknown", { resourceTypes: UNKNOWN }, ["resourceTypes: is not known before deployment"]],
]);

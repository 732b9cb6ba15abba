import rule from "../../../src/rules/apigateway/apigateway-request-validator-complete.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "both absent",
    {},
    ["validateRequestBody is off; set it to true", "validateRequestParameters is off; set it to true"],
  ],
  [
    "violates",
    "one off",
    { validateRequestBody: true, validateRequestParameters: false },
    ["validateRequestParameters is off; set it to true"],
  ],
  ["passes", "both on", { validateRequestBody: true, validateRequestParameters: true }],
  [
    "not evaluated",
    "unknown",
    { validateRequestBody: UNKNOWN, validateRequestParameters: true },
    ["validateRequestBody: is not known before deployment"],
  ],
]);

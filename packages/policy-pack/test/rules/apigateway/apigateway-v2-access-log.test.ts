import rule from "../../../src/rules/apigateway/apigateway-v2-access-log.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["its requests leave no trace; set accessLogSettings"]],
  [
    "violates",
    "boundary: empty",
    { accessLogSettings: { destinationArn: "" } },
    ["its requests leave no trace; set accessLogSettings"],
  ],
  ["passes", "to a group", { accessLogSettings: { destinationArn: UNKNOWN } }],
  ["passes", "to a known group", { accessLogSettings: { destinationArn: "arn" } }],
  ["not evaluated", "unknown", { accessLogSettings: UNKNOWN }, ["accessLogSettings: is not known before deployment"]],
]);

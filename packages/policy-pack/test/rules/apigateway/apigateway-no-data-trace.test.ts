import rule from "../../../src/rules/apigateway/apigateway-no-data-trace.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "true",
    { settings: { dataTraceEnabled: true } },
    ["whole requests, with their tokens, are logged; set settings.dataTraceEnabled to false"],
  ],
  ["passes", "absent: AWS's default is safe", {}],
  ["passes", "false", { settings: { dataTraceEnabled: false } }],
  ["passes", "false, as text", { settings: { dataTraceEnabled: "false" } }],
  [
    "not evaluated",
    "unknown",
    { settings: { dataTraceEnabled: UNKNOWN } },
    ["settings.dataTraceEnabled: is not known before deployment"],
  ],
  [
    "not evaluated",
    "wrong type",
    { settings: { dataTraceEnabled: [1] } },
    ["settings.dataTraceEnabled: is a list, where the rule expects a boolean"],
  ],
]);

import rule from "../../../src/rules/apigateway/apigateway-method-throttling.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "none; the provider's default",
    { settings: { throttlingBurstLimit: -1 } },
    [
      "settings.throttlingRateLimit is not set, so the account's whole quota is; set it",
      "settings.throttlingBurstLimit is not set, so the account's whole quota is; set it",
    ],
  ],
  ["passes", "both", { settings: { throttlingRateLimit: 100, throttlingBurstLimit: 200 } }],
  ["passes", "the boundary: nothing may pass", { settings: { throttlingRateLimit: 0, throttlingBurstLimit: 0 } }],
  [
    "not evaluated",
    "unknown",
    { settings: { throttlingRateLimit: UNKNOWN, throttlingBurstLimit: 1 } },
    ["settings.throttlingRateLimit: is not known before deployment"],
  ],
  ["not evaluated", "wrong type", { settings: "x" }, ["settings: is a string, where the rule expects an object"]],
  [
    "violates",
    "the boundary: one of two",
    { settings: { throttlingRateLimit: 100 } },
    ["settings.throttlingBurstLimit is not set, so the account's whole quota is; set it"],
  ],
]);

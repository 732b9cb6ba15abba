import rule from "../../../src/rules/cognito/cognito-mfa.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "off", { mfaConfiguration: "OFF" }, ["a password is all it takes; set mfaConfiguration"]],
  ["violates", "absent", {}, ["a password is all it takes; set mfaConfiguration"]],
  ["passes", "the boundary: optional", { mfaConfiguration: "OPTIONAL" }],
  ["passes", "on", { mfaConfiguration: "ON" }],
  ["not evaluated", "unknown", { mfaConfiguration: UNKNOWN }, ["mfaConfiguration: is not known before deployment"]],
  [
    "passes",
    "a floor that was lowered with a reason",
    { mfaConfiguration: "OFF", tags: { "palisade:lowered:second-factor": "a reason" } },
  ],
]);

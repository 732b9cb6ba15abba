import rule from "../../../src/rules/cloudtrail/cloudtrail-validation.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "false",
    { enableLogFileValidation: false },
    ["a changed file goes unseen; set enableLogFileValidation"],
  ],
  ["violates", "absent", {}, ["a changed file goes unseen; set enableLogFileValidation"]],
  ["passes", "true", { enableLogFileValidation: true }],
  ["passes", "true, as text", { enableLogFileValidation: "true" }],
  [
    "not evaluated",
    "unknown",
    { enableLogFileValidation: UNKNOWN },
    ["enableLogFileValidation: is not known before deployment"],
  ],
  [
    "not evaluated",
    "wrong type",
    { enableLogFileValidation: [1] },
    ["enableLogFileValidation: is a list, where the rule expects a boolean"],
  ],
]);

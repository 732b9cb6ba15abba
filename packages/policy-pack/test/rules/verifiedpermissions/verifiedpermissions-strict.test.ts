import rule from "../../../src/rules/verifiedpermissions/verifiedpermissions-strict.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "absent",
    {},
    ["a policy with a slip in it allows or denies what nobody meant; set validationSettings.mode to STRICT"],
  ],
  [
    "violates",
    "boundary: OFF",
    { validationSettings: { mode: "OFF" } },
    ["a policy with a slip in it allows or denies what nobody meant; set validationSettings.mode to STRICT"],
  ],
  ["passes", "STRICT", { validationSettings: { mode: "STRICT" } }],
  [
    "not evaluated",
    "unknown",
    { validationSettings: { mode: UNKNOWN } },
    ["validationSettings.mode: is not known before deployment"],
  ],
]);

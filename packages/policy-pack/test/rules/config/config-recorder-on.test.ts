import rule from "../../../src/rules/config/config-recorder-on.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["it records nothing; set isEnabled"]],
  ["violates", "false", { isEnabled: false }, ["it records nothing; set isEnabled"]],
  ["passes", "true", { isEnabled: true }],
  ["not evaluated", "unknown", { isEnabled: UNKNOWN }, ["isEnabled: is not known before deployment"]],
]);

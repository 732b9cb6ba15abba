import rule from "../../../src/rules/rds/rds-instance-zones.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["it goes with its zone; set multiAz"]],
  ["violates", "boundary: false", { multiAz: false }, ["it goes with its zone; set multiAz"]],
  ["passes", "true", { multiAz: true }],
  ["not evaluated", "unknown", { multiAz: UNKNOWN }, ["multiAz: is not known before deployment"]],
]);

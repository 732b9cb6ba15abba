import rule from "../../../src/rules/redshift/redshift-zones.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent: the default", {}, ["it is down with its zone; set multiAz"]],
  ["violates", "boundary: false", { multiAz: false }, ["it is down with its zone; set multiAz"]],
  ["passes", "boundary: true", { multiAz: true }],
  ["not evaluated", "unknown", { multiAz: UNKNOWN }, ["multiAz: is not known before deployment"]],
]);

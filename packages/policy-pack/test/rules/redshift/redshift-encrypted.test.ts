import rule from "../../../src/rules/redshift/redshift-encrypted.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["passes", "absent: AWS default", {}],
  ["violates", "boundary: false", { encrypted: false }, ["it is not encrypted; leave encrypted on"]],
  ["passes", "boundary: true", { encrypted: true }],
  ["not evaluated", "unknown", { encrypted: UNKNOWN }, ["encrypted: is not known before deployment"]],
]);

import rule from "../../../src/rules/ec2/ebs-encryption-by-default.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["passes", "absent", {}],
  ["violates", "false", { enabled: false }, ["new volumes are not encrypted; leave enabled on"]],
  ["passes", "true", { enabled: true }],
  ["not evaluated", "unknown", { enabled: UNKNOWN }, ["enabled: is not known before deployment"]],
]);

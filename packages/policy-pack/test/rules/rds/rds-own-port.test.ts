import rule from "../../../src/rules/rds/rds-own-port.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["it listens on its engine's default port; set port"]],
  ["violates", "MySQL's", { port: 3306 }, ["it listens on the default port 3306; set another"]],
  ["passes", "another", { port: 3307 }],
  ["not evaluated", "unknown", { port: UNKNOWN }, ["port: is not known before deployment"]],
]);

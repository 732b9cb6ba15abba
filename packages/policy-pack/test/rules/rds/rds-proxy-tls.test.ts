import rule from "../../../src/rules/rds/rds-proxy-tls.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "false", { requireTls: false }, ["connections without TLS are accepted; set requireTls"]],
  ["violates", "absent", {}, ["connections without TLS are accepted; set requireTls"]],
  ["passes", "true", { requireTls: true }],
  ["passes", "true, as text", { requireTls: "true" }],
  ["not evaluated", "unknown", { requireTls: UNKNOWN }, ["requireTls: is not known before deployment"]],
  ["not evaluated", "wrong type", { requireTls: [1] }, ["requireTls: is a list, where the rule expects a boolean"]],
]);

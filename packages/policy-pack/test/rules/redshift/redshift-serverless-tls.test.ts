import rule from "../../../src/rules/redshift/redshift-serverless-tls.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["it answers without TLS; set the parameter require_ssl to true"]],
  [
    "violates",
    "boundary: false",
    { configParameters: [{ parameterKey: "require_ssl", parameterValue: "false" }] },
    ["it answers without TLS; set the parameter require_ssl to true"],
  ],
  ["passes", "true", { configParameters: [{ parameterKey: "require_ssl", parameterValue: "true" }] }],
  ["not evaluated", "unknown", { configParameters: UNKNOWN }, ["configParameters: is not known before deployment"]],
]);

import rule from "../../../src/rules/redshift/redshift-serverless-private.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["passes", "absent", {}],
  [
    "violates",
    "true",
    { publiclyAccessible: true },
    ["it has an endpoint on the internet; set publiclyAccessible to false"],
  ],
  ["passes", "false", { publiclyAccessible: false }],
  ["not evaluated", "unknown", { publiclyAccessible: UNKNOWN }, ["publiclyAccessible: is not known before deployment"]],
]);

import rule from "../../../src/rules/redshift/redshift-private.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["passes", "absent: AWS default", {}],
  [
    "violates",
    "boundary: true",
    { publiclyAccessible: true },
    ["it has an endpoint on the internet; set publiclyAccessible to false"],
  ],
  ["passes", "boundary: false", { publiclyAccessible: false }],
  ["not evaluated", "unknown", { publiclyAccessible: UNKNOWN }, ["publiclyAccessible: is not known before deployment"]],
]);

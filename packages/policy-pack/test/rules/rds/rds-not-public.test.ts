import rule from "../../../src/rules/rds/rds-not-public.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "true", { publiclyAccessible: true }, ["it has a public address; set publiclyAccessible to false"]],
  ["passes", "absent: AWS's default is safe", {}],
  ["passes", "false", { publiclyAccessible: false }],
  ["passes", "false, as text", { publiclyAccessible: "false" }],
  ["not evaluated", "unknown", { publiclyAccessible: UNKNOWN }, ["publiclyAccessible: is not known before deployment"]],
  [
    "not evaluated",
    "wrong type",
    { publiclyAccessible: [1] },
    ["publiclyAccessible: is a list, where the rule expects a boolean"],
  ],
]);

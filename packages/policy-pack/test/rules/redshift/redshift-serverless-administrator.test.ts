import rule from "../../../src/rules/redshift/redshift-serverless-administrator.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["its administrator is admin; set adminUsername to another name"]],
  [
    "violates",
    "boundary: the default written out",
    { adminUsername: "admin" },
    ["its administrator is admin; set adminUsername to another name"],
  ],
  ["passes", "another", { adminUsername: "steward" }],
  ["not evaluated", "unknown", { adminUsername: UNKNOWN }, ["adminUsername: is not known before deployment"]],
]);

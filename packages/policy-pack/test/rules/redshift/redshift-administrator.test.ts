import rule from "../../../src/rules/redshift/redshift-administrator.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "boundary: awsuser",
    { masterUsername: "awsuser" },
    ["its administrator has a name that everybody guesses; set masterUsername to one of your own"],
  ],
  [
    "violates",
    "admin",
    { masterUsername: "admin" },
    ["its administrator has a name that everybody guesses; set masterUsername to one of your own"],
  ],
  ["passes", "boundary: another", { masterUsername: "warehouse_owner" }],
  ["not applicable", "none", {}, ["it is restored from a snapshot, with its administrator"]],
  ["not evaluated", "unknown", { masterUsername: UNKNOWN }, ["masterUsername: is not known before deployment"]],
]);

import rule from "../../../src/rules/redshift/redshift-serverless-logs.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["it does not export userlog and connectionlog; add them to logExports"]],
  [
    "violates",
    "boundary: one of two",
    { logExports: ["userlog", "useractivitylog"] },
    ["it does not export connectionlog; add them to logExports"],
  ],
  ["passes", "both", { logExports: ["userlog", "connectionlog"] }],
  ["not evaluated", "unknown", { logExports: UNKNOWN }, ["logExports: is not known before deployment"]],
]);

import rule from "../../../src/rules/rds/rds-managed-password.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "written",
    { masterPassword: "hunter2" },
    ["its administrator's password is in the program; use manageMasterUserPassword"],
  ],
  [
    "violates",
    "written, whatever it is",
    { password: UNKNOWN },
    ["its administrator's password is in the program; use manageMasterUserPassword"],
  ],
  ["violates", "neither", {}, ["nobody rotates its administrator's password; set manageMasterUserPassword"]],
  ["passes", "managed", { manageMasterUserPassword: true }],
  ["not applicable", "a replica", { replicateSourceDb: UNKNOWN }, ["its password is its source's"]],
  [
    "not evaluated",
    "unknown",
    { manageMasterUserPassword: UNKNOWN },
    ["manageMasterUserPassword: is not known before deployment"],
  ],
]);

import rule from "../../../src/rules/rds/rds-custom-administrator.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "admin", { masterUsername: "Admin" }, ["its administrator is Admin; choose another masterUsername"]],
  ["passes", "another", { masterUsername: "shop_owner" }],
  ["passes", "the boundary: one that only begins so", { masterUsername: "admin_7f" }],
  ["not evaluated", "absent", {}, ["masterUsername: is not set: the snapshot's or the source's"]],
  ["not evaluated", "unknown", { masterUsername: UNKNOWN }, ["masterUsername: is not known before deployment"]],
]);

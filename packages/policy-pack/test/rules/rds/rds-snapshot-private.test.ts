import rule from "../../../src/rules/rds/rds-snapshot-private.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "everyone",
    { sharedAccounts: ["all"] },
    ["every account may restore it; take all out of sharedAccounts"],
  ],
  ["passes", "boundary: one account", { sharedAccounts: ["111122223333"] }],
  ["passes", "nobody", {}],
  ["not evaluated", "unknown", { sharedAccounts: UNKNOWN }, ["sharedAccounts: is not known before deployment"]],
]);

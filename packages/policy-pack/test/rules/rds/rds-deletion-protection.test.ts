import rule from "../../../src/rules/rds/rds-deletion-protection.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "false", { deletionProtection: false }, ["one destroy deletes the data; set deletionProtection"]],
  ["violates", "absent", {}, ["one destroy deletes the data; set deletionProtection"]],
  ["passes", "true", { deletionProtection: true }],
  ["passes", "true, as text", { deletionProtection: "true" }],
  ["not evaluated", "unknown", { deletionProtection: UNKNOWN }, ["deletionProtection: is not known before deployment"]],
  [
    "not evaluated",
    "wrong type",
    { deletionProtection: [1] },
    ["deletionProtection: is a list, where the rule expects a boolean"],
  ],
  [
    "passes",
    "the floor is lowered by its tag",
    { tags: { "palisade:lowered:deletion-protection": "a written reason" } },
  ],
]);

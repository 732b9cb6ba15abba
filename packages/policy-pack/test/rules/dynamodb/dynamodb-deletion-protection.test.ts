import rule from "../../../src/rules/dynamodb/dynamodb-deletion-protection.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "false",
    { deletionProtectionEnabled: false },
    ["one destroy deletes the data; set deletionProtectionEnabled"],
  ],
  ["violates", "absent", {}, ["one destroy deletes the data; set deletionProtectionEnabled"]],
  ["passes", "true", { deletionProtectionEnabled: true }],
  ["passes", "true, as text", { deletionProtectionEnabled: "true" }],
  [
    "not evaluated",
    "unknown",
    { deletionProtectionEnabled: UNKNOWN },
    ["deletionProtectionEnabled: is not known before deployment"],
  ],
  [
    "not evaluated",
    "wrong type",
    { deletionProtectionEnabled: [1] },
    ["deletionProtectionEnabled: is a list, where the rule expects a boolean"],
  ],
  [
    "passes",
    "the floor is lowered by its tag",
    { tags: { "palisade:lowered:deletion-protection": "a written reason" } },
  ],
  [
    "passes",
    "the floor of one table of a component is lowered by its tag",
    { tags: { "palisade:lowered:finding-table-deletion-protection": "a written reason" } },
  ],
  [
    "violates",
    "another floor is lowered",
    { tags: { "palisade:lowered:deletion-protection-of-another": "a written reason" } },
    ["one destroy deletes the data; set deletionProtectionEnabled"],
  ],
]);

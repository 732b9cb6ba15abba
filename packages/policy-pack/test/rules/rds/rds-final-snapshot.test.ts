import rule from "../../../src/rules/rds/rds-final-snapshot.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "true", { skipFinalSnapshot: true }, ["destroy leaves nothing; set skipFinalSnapshot to false"]],
  ["passes", "absent: AWS's default is safe", {}],
  ["passes", "false", { skipFinalSnapshot: false }],
  ["passes", "false, as text", { skipFinalSnapshot: "false" }],
  ["not evaluated", "unknown", { skipFinalSnapshot: UNKNOWN }, ["skipFinalSnapshot: is not known before deployment"]],
  [
    "not evaluated",
    "wrong type",
    { skipFinalSnapshot: [1] },
    ["skipFinalSnapshot: is a list, where the rule expects a boolean"],
  ],
  [
    "passes",
    "a floor that was lowered with a reason",
    { skipFinalSnapshot: true, tags: { "palisade:lowered:deletion-protection": "a reason" } },
  ],
]);

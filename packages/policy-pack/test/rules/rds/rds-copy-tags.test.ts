import rule from "../../../src/rules/rds/rds-copy-tags.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "false", { copyTagsToSnapshot: false }, ["snapshots lose its tags; set copyTagsToSnapshot"]],
  ["violates", "absent", {}, ["snapshots lose its tags; set copyTagsToSnapshot"]],
  ["passes", "true", { copyTagsToSnapshot: true }],
  ["passes", "true, as text", { copyTagsToSnapshot: "true" }],
  ["not evaluated", "unknown", { copyTagsToSnapshot: UNKNOWN }, ["copyTagsToSnapshot: is not known before deployment"]],
  [
    "not evaluated",
    "wrong type",
    { copyTagsToSnapshot: [1] },
    ["copyTagsToSnapshot: is a list, where the rule expects a boolean"],
  ],
]);

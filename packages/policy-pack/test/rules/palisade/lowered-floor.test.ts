import rule from "../../../src/rules/palisade/lowered-floor.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "two floors, each its finding",
    { tags: { "palisade:lowered:a": "reason one", "palisade:lowered:b": "reason two", "palisade:name": "x" } },
    ["the floor a is lowered: reason one", "the floor b is lowered: reason two"],
  ],
  [
    "violates",
    "the boundary: no reason at all",
    { tags: { "palisade:lowered:a": null } },
    ["the floor a is lowered: "],
  ],
  ["passes", "other tags", { tags: { "palisade:name": "x", "lowered:a": "y" } }],
  ["not applicable", "no tags", {}, ["it has no tags"]],
  ["not evaluated", "unknown", { tags: UNKNOWN }, ["tags: is not known before deployment"]],
  ["not evaluated", "wrong type", { tags: ["a"] }, ["tags: is a list, where the rule expects an object"]],
]);

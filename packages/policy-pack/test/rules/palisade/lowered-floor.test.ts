import rule from "../../../src/rules/palisade/lowered-floor.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const OF_ORDERS = { "palisade:component": "HardenedFunction", "palisade:name": "orders" };

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
  [
    "violates",
    "another component's floor of the same name does not hide it, nor does a later resource of the same",
    { tags: { ...OF_ORDERS, "palisade:lowered:a": "reason" } },
    ["the floor a is lowered: reason"],
    {
      type: "aws:m:M",
      others: [
        resource("aws:a:A", "a", { tags: { "palisade:lowered:a": "reason" } }),
        resource("aws:a:A", "b", { tags: { "palisade:name": "other", "palisade:lowered:a": "reason" } }),
        resource("aws:zzz:Z", "z", { tags: { ...OF_ORDERS, "palisade:lowered:a": "reason" } }),
        resource("aws:a:A", "c", { tags: UNKNOWN }),
      ],
    },
  ],
  [
    "passes",
    "an earlier resource of the same component has it",
    { tags: { ...OF_ORDERS, "palisade:lowered:a": "reason" } },
    [],
    { type: "aws:m:M", others: [resource("aws:a:A", "a", { tags: { ...OF_ORDERS, "palisade:lowered:a": "reason" } })] },
  ],
  ["passes", "other tags", { tags: { "palisade:name": "x", "lowered:a": "y" } }],
  ["not applicable", "no tags", {}, ["it has no tags"]],
  ["not evaluated", "unknown", { tags: UNKNOWN }, ["tags: is not known before deployment"]],
  ["not evaluated", "wrong type", { tags: ["a"] }, ["tags: is a list, where the rule expects an object"]],
]);

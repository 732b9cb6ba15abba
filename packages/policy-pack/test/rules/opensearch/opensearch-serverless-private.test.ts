import rule from "../../../src/rules/opensearch/opensearch-serverless-private.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "public",
    { type: "network", policy: JSON.stringify([{ AllowFromPublic: true }]) },
    ["the internet reaches the collection; set AllowFromPublic to false"],
  ],
  ["passes", "boundary: private", { type: "network", policy: JSON.stringify([{ AllowFromPublic: false }]) }],
  ["not applicable", "encryption", { type: "encryption", policy: "{}" }, ["it is no network policy"]],
  ["not evaluated", "unknown", { type: "network", policy: UNKNOWN }, ["policy: is not known before deployment"]],
]);

import rule from "../../../src/rules/opensearch/opensearch-serverless-private.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

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
  [
    "passes",
    "the floor is lowered by the collection's tag",
    {
      type: "network",
      policy: JSON.stringify([
        { AllowFromPublic: true, Rules: [{ ResourceType: "collection", Resource: ["collection/search"] }] },
      ]),
    },
    [],
    {
      others: [
        resource("aws:opensearch/serverlessCollection:ServerlessCollection", "search", {
          name: "search",
          tags: { "palisade:lowered:siem-public-endpoint": "analysts come by single sign-on" },
        }),
      ],
    },
  ],
]);

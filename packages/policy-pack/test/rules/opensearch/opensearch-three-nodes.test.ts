import rule from "../../../src/rules/opensearch/opensearch-three-nodes.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["it has 1 data nodes; set clusterConfig.instanceCount to 3 or more"]],
  [
    "violates",
    "boundary: two",
    { clusterConfig: { instanceCount: 2, zoneAwarenessEnabled: true } },
    ["it has 2 data nodes; set clusterConfig.instanceCount to 3 or more"],
  ],
  ["passes", "boundary: three", { clusterConfig: { instanceCount: 3, zoneAwarenessEnabled: true } }],
  [
    "violates",
    "three in one zone",
    { clusterConfig: { instanceCount: 3 } },
    ["its nodes may be in one zone; set clusterConfig.zoneAwarenessEnabled"],
  ],
  [
    "not evaluated",
    "unknown",
    { clusterConfig: { instanceCount: UNKNOWN } },
    ["clusterConfig.instanceCount: is not known before deployment"],
  ],
  [
    "passes",
    "the floor is lowered by its tag",
    { clusterConfig: { instanceCount: 1 }, tags: { "palisade:lowered:siem-availability": "a search of tests" } },
  ],
]);

import rule from "../../../src/rules/rds/rds-multiple-instances.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
const CLUSTER_URN = "urn:pulumi:stack::project::aws:rds/cluster:Cluster::subject";
const FEW = (count: number) => `it has ${count} instance(s), and no other zone to fail over to; add a second`;

ruleCases(rule, [
  ["violates", "one instance", {}, [FEW(1)], { others: [resource(INSTANCE, "a", { clusterIdentifier: "subject" })] }],
  [
    "violates",
    "none; another cluster's",
    {},
    [FEW(0)],
    { others: [resource(INSTANCE, "a", { clusterIdentifier: "other" })] },
  ],
  [
    "passes",
    "the boundary: two, one by dependency",
    {},
    [],
    {
      others: [
        resource(INSTANCE, "a", { clusterIdentifier: "subject" }),
        resource(INSTANCE, "b", { clusterIdentifier: UNKNOWN }, { dependencies: { clusterIdentifier: [CLUSTER_URN] } }),
      ],
    },
  ],
  ["passes", "a floor that was lowered", { tags: { "palisade:lowered:multiple-instances": "a reason" } }],
  [
    "not evaluated",
    "an instance of who knows which cluster",
    { tags: { "palisade:lowered:multiple-instances": "a reason" } },
    ["clusterIdentifier of an instance: is not known before deployment"],
    { others: [resource(INSTANCE, "a", { clusterIdentifier: UNKNOWN })] },
  ],
]);

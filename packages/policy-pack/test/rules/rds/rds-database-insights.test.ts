import rule from "../../../src/rules/rds/rds-database-insights.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const sentence =
  "who waits in it for what is not recorded; set performanceInsightsEnabled, which Database Insights reads";
const cluster = (props: Record<string, unknown>) => ({
  others: [resource("aws:rds/cluster:Cluster", "cluster", props)],
});

ruleCases(rule, [
  ["violates", "absent", {}, [sentence]],
  ["violates", "boundary: off", { performanceInsightsEnabled: false }, [sentence]],
  ["violates", "an instance without", {}, [sentence], { type: "aws:rds/instance:Instance" }],
  ["violates", "a cluster without", { clusterIdentifier: "cluster" }, [sentence], cluster({})],
  [
    "violates",
    "another cluster",
    { clusterIdentifier: "other" },
    [sentence],
    cluster({ performanceInsightsEnabled: true }),
  ],
  ["passes", "boundary: on", { performanceInsightsEnabled: true }],
  ["passes", "its cluster's", { clusterIdentifier: "cluster" }, [], cluster({ performanceInsightsEnabled: true })],
  [
    "not evaluated",
    "unknown",
    { performanceInsightsEnabled: UNKNOWN },
    ["performanceInsightsEnabled: is not known before deployment"],
  ],
  [
    "not evaluated",
    "its cluster's is unknown",
    { clusterIdentifier: "cluster" },
    ["performanceInsightsEnabled: is not known before deployment"],
    cluster({ performanceInsightsEnabled: UNKNOWN }),
  ],
]);

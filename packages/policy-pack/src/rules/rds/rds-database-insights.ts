import { Reader } from "../../reader.ts";
import { awsControl, paper, rule } from "../../rule.ts";

export default rule({
  name: "rds-database-insights",
  description: "A database must record what its load is made of",
  severity: "low",
  references: [awsControl("RDS Database Insights"), paper("V.1.D")],
  remediation: "Set performanceInsightsEnabled to true, on the cluster or on each instance",
  // Both modes of Database Insights need Performance Insights on; the mode of an instance is its cluster's.
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_PerfInsights.Enabling.html",
  appliesTo: ["aws:rds/clusterInstance:ClusterInstance", "aws:rds/instance:Instance"],
  stack: true,
  check: ({ resource, props, stack }, verdicts) => {
    if (props.at("performanceInsightsEnabled").flag() === true) return;
    const cluster = stack.referred(resource, "clusterIdentifier", ["aws:rds/cluster:Cluster"]);
    if (cluster !== undefined && new Reader(cluster.props).at("performanceInsightsEnabled").flag() === true) return;
    verdicts.violation(
      "who waits in it for what is not recorded; set performanceInsightsEnabled, which Database Insights reads",
    );
  },
});

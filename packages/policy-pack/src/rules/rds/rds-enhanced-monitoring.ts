import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "rds-enhanced-monitoring",
  description: "A database instance must be monitored from within",
  severity: "low",
  references: [fsbp("RDS.6")],
  remediation: "Set monitoringInterval to at most 60 seconds, with monitoringRoleArn",
  url: controlUrl("rds"),
  appliesTo: ["aws:rds/instance:Instance", "aws:rds/clusterInstance:ClusterInstance"],
  check: ({ props }, verdicts) => {
    if ((props.at("monitoringInterval").number() ?? 0) === 0) {
      verdicts.violation("enhanced monitoring is off; set monitoringInterval");
    }
  },
});

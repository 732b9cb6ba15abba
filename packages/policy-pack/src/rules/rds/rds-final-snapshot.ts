import { fsbp, rule } from "../../rule.ts";

export default rule({
  name: "rds-final-snapshot",
  description: "A database must leave a snapshot when it is destroyed",
  severity: "low",
  references: [fsbp("RDS.11")],
  remediation: "Set skipFinalSnapshot to false and finalSnapshotIdentifier",
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DeleteCluster.html",
  appliesTo: ["aws:rds/cluster:Cluster", "aws:rds/instance:Instance"],
  check: ({ props }, verdicts) => {
    if (props.get("skipFinalSnapshot").flag() === true)
      verdicts.violation("destroy leaves nothing; set skipFinalSnapshot to false", { floor: "deletion-protection" });
  },
});

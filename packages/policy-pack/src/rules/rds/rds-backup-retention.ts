import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "rds-backup-retention",
  description: "A database's backups must be kept for a week",
  severity: "medium",
  references: [fsbp("RDS.11")],
  remediation: "Set backupRetentionPeriod to at least 7 days",
  url: controlUrl("rds"),
  appliesTo: ["aws:rds/cluster:Cluster", "aws:rds/instance:Instance"],
  check: ({ props }, verdicts) => {
    // The provider's default is one day for a cluster and none for an instance.
    const days = props.at("backupRetentionPeriod").number() ?? 0;
    if (days < 7) verdicts.violation(`backups are kept for ${days} days; set backupRetentionPeriod to at least 7`);
  },
});

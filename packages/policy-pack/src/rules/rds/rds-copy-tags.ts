import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "rds-copy-tags",
  description: "A database's tags must go to its snapshots",
  severity: "low",
  references: [fsbp("RDS.16"), fsbp("RDS.17")],
  remediation: "Set copyTagsToSnapshot to true",
  url: controlUrl("rds"),
  appliesTo: ["aws:rds/cluster:Cluster", "aws:rds/instance:Instance"],
  check: ({ props }, verdicts) => {
    if (props.get("copyTagsToSnapshot").flag() !== true)
      verdicts.violation("snapshots lose its tags; set copyTagsToSnapshot");
  },
});

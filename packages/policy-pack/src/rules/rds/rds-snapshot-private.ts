import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "rds-snapshot-private",
  description: "A database's snapshot must not be public",
  severity: "critical",
  references: [fsbp("RDS.1"), owaspServerless("SAS-3")],
  remediation: "Take all out of sharedAccounts",
  url: controlUrl("rds"),
  appliesTo: ["aws:rds/clusterSnapshot:ClusterSnapshot", "aws:rds/snapshot:Snapshot"],
  check: ({ props }, verdicts) => {
    if (props.at("sharedAccounts").texts().includes("all"))
      verdicts.violation("every account may restore it; take all out of sharedAccounts");
  },
});

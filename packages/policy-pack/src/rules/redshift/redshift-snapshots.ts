import { controlUrl, fsbp, rule } from "../../rule.ts";

/** What Redshift does where nothing is said, and what Redshift.3 asks for. */
const [DEFAULT_DAYS, LEAST_DAYS] = [1, 7];

export default rule({
  name: "redshift-snapshots",
  description: "A provisioned warehouse must keep its snapshots for a week",
  severity: "medium",
  references: [fsbp("Redshift.3")],
  remediation: "Set automatedSnapshotRetentionPeriod to at least 7",
  url: controlUrl("redshift"),
  appliesTo: ["aws:redshift/cluster:Cluster"],

  check: ({ props }, verdicts) => {
    const days = props.at("automatedSnapshotRetentionPeriod").number() ?? DEFAULT_DAYS;
    if (days < LEAST_DAYS) {
      verdicts.violation(`snapshots are kept ${days} days; set automatedSnapshotRetentionPeriod to 7 or more`);
    }
  },
});

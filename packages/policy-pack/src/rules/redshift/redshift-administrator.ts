import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "redshift-administrator",
  description: "A provisioned warehouse's administrator must not have a default name",
  severity: "medium",
  references: [fsbp("Redshift.8")],
  remediation: "Set masterUsername to a name of its own",
  url: controlUrl("redshift"),
  appliesTo: ["aws:redshift/cluster:Cluster"],

  check: ({ props }, verdicts) => {
    const name = props.at("masterUsername").text();
    if (name === undefined) return verdicts.notApplicable("it is restored from a snapshot, with its administrator");
    if (name === "awsuser" || name === "admin")
      verdicts.violation("its administrator has a name that everybody guesses; set masterUsername to one of your own");
  },
});

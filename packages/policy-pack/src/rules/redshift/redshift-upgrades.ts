import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "redshift-upgrades",
  description: "A provisioned warehouse must take new versions by itself",
  severity: "medium",
  references: [fsbp("Redshift.6")],
  remediation: "Leave allowVersionUpgrade on",
  url: controlUrl("redshift"),
  appliesTo: ["aws:redshift/cluster:Cluster"],

  check: ({ props }, verdicts) => {
    if (props.at("allowVersionUpgrade").flag() === false)
      verdicts.violation("it keeps the version that it has; leave allowVersionUpgrade on");
  },
});

import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "redshift-private",
  description: "A provisioned warehouse must not be reachable from the internet",
  severity: "critical",
  references: [fsbp("Redshift.1")],
  remediation: "Set publiclyAccessible to false",
  url: controlUrl("redshift"),
  appliesTo: ["aws:redshift/cluster:Cluster"],

  check: ({ props }, verdicts) => {
    if (props.at("publiclyAccessible").flag() === true)
      verdicts.violation("it has an endpoint on the internet; set publiclyAccessible to false");
  },
});

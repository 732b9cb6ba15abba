import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "redshift-logs",
  description: "A provisioned warehouse must log connections and statements",
  severity: "medium",
  references: [fsbp("Redshift.4"), owaspServerless("SAS-10")],
  remediation: "Add aws.redshift.Logging with logDestinationType cloudwatch",
  url: controlUrl("redshift"),
  appliesTo: ["aws:redshift/cluster:Cluster"],
  stack: true,
  check: ({ resource, props, stack }, verdicts) => {
    // Reading the name throws where it is not known: a logging may name the cluster by it.
    props.at("clusterIdentifier").text();
    if (stack.referring("aws:redshift/logging:Logging", "clusterIdentifier", resource).length === 0)
      verdicts.violation("who did what in it is not recorded; add aws.redshift.Logging");
  },
});

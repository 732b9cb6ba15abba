import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "redshift-encrypted",
  description: "A provisioned warehouse must be encrypted",
  severity: "medium",
  references: [fsbp("Redshift.10")],
  remediation: "Leave encrypted on, or set kmsKeyId",
  url: controlUrl("redshift"),
  appliesTo: ["aws:redshift/cluster:Cluster"],

  check: ({ props }, verdicts) => {
    if (props.at("encrypted").flag() === false) verdicts.violation("it is not encrypted; leave encrypted on");
  },
});

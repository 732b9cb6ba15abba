import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "redshift-zones",
  description: "A provisioned warehouse must be in several zones",
  severity: "medium",
  references: [fsbp("Redshift.18")],
  remediation: "Set multiAz to true",
  url: controlUrl("redshift"),
  appliesTo: ["aws:redshift/cluster:Cluster"],

  check: ({ props }, verdicts) => {
    if (props.at("multiAz").flag() !== true) verdicts.violation("it is down with its zone; set multiAz");
  },
});

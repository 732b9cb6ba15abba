import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "redshift-routing",
  description: "A provisioned warehouse must move data through its network",
  severity: "medium",
  references: [fsbp("Redshift.7")],
  remediation: "Set enhancedVpcRouting to true",
  url: controlUrl("redshift"),
  appliesTo: ["aws:redshift/cluster:Cluster"],

  check: ({ props }, verdicts) => {
    if (props.at("enhancedVpcRouting").flag() !== true)
      verdicts.violation("it copies from and to S3 past the network; set enhancedVpcRouting");
  },
});

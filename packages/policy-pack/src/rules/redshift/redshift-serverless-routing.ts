import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "redshift-serverless-routing",
  description: "A warehouse's traffic must stay in its network",
  severity: "medium",
  references: [fsbp("RedshiftServerless.1")],
  remediation: "Set enhancedVpcRouting to true",
  url: controlUrl("redshiftserverless"),
  appliesTo: ["aws:redshiftserverless/workgroup:Workgroup"],
  check: ({ props }, verdicts) => {
    if (props.get("enhancedVpcRouting").flag() !== true)
      verdicts.violation("its copies and unloads leave the network; set enhancedVpcRouting");
  },
});

import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "redshift-tls",
  description: "A provisioned warehouse must ask for TLS",
  severity: "high",
  references: [fsbp("Redshift.2")],
  remediation: "Use aws.redshift.ParameterGroup with require_ssl true",
  url: controlUrl("redshift"),
  appliesTo: ["aws:redshift/parameterGroup:ParameterGroup", "aws:redshift/cluster:Cluster"],

  check: ({ resource, props }, verdicts) => {
    if (resource.type === "aws:redshift/cluster:Cluster") {
      if (!props.at("clusterParameterGroupName").present)
        verdicts.violation(
          "it has the default parameter group, which lets in what is not encrypted; set clusterParameterGroupName",
        );
      return;
    }
    const parameter = props
      .at("parameters")
      .list()
      .find((each) => each.at("name").text() === "require_ssl");
    if (parameter?.at("value").flag() !== true)
      verdicts.violation("connections without TLS are let in; set the parameter require_ssl to true");
  },
});

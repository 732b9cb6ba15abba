import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "redshift-serverless-tls",
  description: "A warehouse must require TLS",
  severity: "high",
  references: [fsbp("RedshiftServerless.2"), owaspServerless("SAS-3")],
  remediation: "Set the parameter require_ssl to true",
  url: controlUrl("redshiftserverless"),
  appliesTo: ["aws:redshiftserverless/workgroup:Workgroup"],
  check: ({ props }, verdicts) => {
    const parameter = props
      .at("configParameters")
      .list()
      .find((each) => each.at("parameterKey").text() === "require_ssl");
    if (parameter?.at("parameterValue").flag() !== true)
      verdicts.violation("it answers without TLS; set the parameter require_ssl to true");
  },
});

import { awsControl, controlUrl, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "redshift-serverless-key",
  description: "A warehouse must be encrypted with a key of the account's",
  severity: "medium",
  references: [awsControl("RedshiftServerless.4"), owaspServerless("SAS-3")],
  remediation: "Set kmsKeyId",
  url: controlUrl("redshiftserverless"),
  appliesTo: ["aws:redshiftserverless/namespace:Namespace"],
  check: ({ props }, verdicts) => {
    const key = props.at("kmsKeyId");
    if (!key.present || key.value === "") verdicts.violation("it is encrypted with a key of AWS's; set kmsKeyId");
  },
});

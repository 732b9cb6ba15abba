import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "redshift-serverless-private",
  description: "A warehouse must not be reachable from the internet",
  severity: "critical",
  references: [fsbp("RedshiftServerless.3")],
  remediation: "Set publiclyAccessible to false",
  url: controlUrl("redshiftserverless"),
  appliesTo: ["aws:redshiftserverless/workgroup:Workgroup"],
  check: ({ props }, verdicts) => {
    if (props.get("publiclyAccessible").flag() === true)
      verdicts.violation("it has an endpoint on the internet; set publiclyAccessible to false");
  },
});

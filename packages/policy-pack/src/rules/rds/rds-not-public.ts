import { cis, controlUrl, fsbp, owaspApi, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "rds-not-public",
  description: "A database must not have a public address",
  severity: "critical",
  references: [fsbp("RDS.2"), cis("RDS.2"), owaspApi("API8"), owaspServerless("SAS-3"), paper("IV.1.A")],
  remediation: "Set publiclyAccessible to false and use isolated subnets",
  url: controlUrl("rds"),
  appliesTo: ["aws:rds/instance:Instance", "aws:rds/clusterInstance:ClusterInstance"],
  check: ({ props }, verdicts) => {
    if (props.get("publiclyAccessible").flag() === true)
      verdicts.violation("it has a public address; set publiclyAccessible to false");
  },
});

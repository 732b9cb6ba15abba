import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "rds-iam-authentication",
  description: "A database must let functions in by IAM, not by a shared password",
  severity: "medium",
  references: [fsbp("RDS.10"), fsbp("RDS.12"), owaspServerless("SAS-2")],
  remediation: "Set iamDatabaseAuthenticationEnabled to true",
  url: controlUrl("rds"),
  appliesTo: ["aws:rds/cluster:Cluster", "aws:rds/instance:Instance"],
  check: ({ props }, verdicts) => {
    if (props.get("iamDatabaseAuthenticationEnabled").flag() !== true)
      verdicts.violation("passwords are the only way in; set iamDatabaseAuthenticationEnabled");
  },
});

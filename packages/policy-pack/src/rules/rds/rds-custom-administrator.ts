import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "rds-custom-administrator",
  description: "A database's administrator must not have the name that everyone tries",
  severity: "low",
  references: [fsbp("RDS.24"), fsbp("RDS.25"), owaspServerless("SAS-2")],
  remediation: "Choose another masterUsername; changing it replaces the database",
  url: controlUrl("rds"),
  appliesTo: ["aws:rds/cluster:Cluster", "aws:rds/instance:Instance"],
  check: ({ props }, verdicts) => {
    const name = props.at("masterUsername").text();
    if (name === undefined) verdicts.notEvaluated("masterUsername: is not set: the snapshot's or the source's");
    else if (["admin", "administrator", "postgres", "root", "sa"].includes(name.toLowerCase())) {
      verdicts.violation(`its administrator is ${name}; choose another masterUsername`);
    }
  },
});

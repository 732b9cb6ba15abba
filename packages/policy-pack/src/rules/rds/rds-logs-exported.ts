import { controlUrl, fsbp, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "rds-logs-exported",
  description: "A database's logs must go to CloudWatch, Aurora MySQL's audit log among them",
  severity: "medium",
  references: [
    fsbp("RDS.9"),
    fsbp("RDS.34"),
    fsbp("RDS.36"),
    fsbp("RDS.37"),
    fsbp("RDS.40"),
    fsbp("RDS.42"),
    fsbp("RDS.45"),
    owaspServerless("SAS-10"),
    paper("V.1"),
  ],
  remediation: "Set enabledCloudwatchLogsExports; for aurora-mysql with audit",
  url: controlUrl("rds"),
  appliesTo: ["aws:rds/cluster:Cluster", "aws:rds/instance:Instance"],
  check: ({ props }, verdicts) => {
    const exported = props.at("enabledCloudwatchLogsExports").texts();
    const engine = props.at("engine").text();
    if (exported.length === 0) verdicts.violation("its logs stay in the database; set enabledCloudwatchLogsExports");
    else if (engine === "aurora-mysql" && !exported.includes("audit")) {
      verdicts.violation("its audit log is not exported; add audit to enabledCloudwatchLogsExports");
    }
  },
});

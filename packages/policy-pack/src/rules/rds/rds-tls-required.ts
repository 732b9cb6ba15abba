import { fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "rds-tls-required",
  description: "A database must refuse connections without TLS",
  severity: "high",
  references: [fsbp("RDS.41"), fsbp("RDS.44"), owaspServerless("SAS-3")],
  remediation: "Set require_secure_transport to ON (MySQL, MariaDB) or rds.force_ssl to 1 (PostgreSQL, SQL Server)",
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_AuroraOverview.html",
  appliesTo: ["aws:rds/clusterParameterGroup:ClusterParameterGroup", "aws:rds/parameterGroup:ParameterGroup"],
  check: ({ props }, verdicts) => {
    const family = props.at("family").text() ?? "";
    const wanted = /mysql|mariadb/.test(family) ? "require_secure_transport" : "rds.force_ssl";
    if (!/mysql|mariadb|postgres|sqlserver/.test(family))
      return verdicts.notApplicable(`no such parameter in ${family}`);
    const values = props
      .at("parameters")
      .list()
      .filter((parameter) => parameter.at("name").text() === wanted)
      .map((parameter) => parameter.at("value").text()?.toUpperCase());
    if (!values.some((value) => value === "ON" || value === "1")) {
      verdicts.violation(`connections without TLS are accepted; set ${wanted}`);
    }
  },
});

import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "rds-own-port",
  description: "A database must not listen on its engine's default port",
  severity: "low",
  references: [fsbp("RDS.23")],
  remediation: "Set port to another one",
  url: controlUrl("rds"),
  appliesTo: ["aws:rds/cluster:Cluster", "aws:rds/instance:Instance"],
  check: ({ props }, verdicts) => {
    const port = props.at("port").number();
    if (port === undefined) verdicts.violation("it listens on its engine's default port; set port");
    else if ([3306, 5432, 1521, 1433, 50000].includes(port))
      verdicts.violation(`it listens on the default port ${port}; set another`);
  },
});

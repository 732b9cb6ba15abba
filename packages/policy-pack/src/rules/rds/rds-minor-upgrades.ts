import { cis, controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "rds-minor-upgrades",
  description: "A database must take minor versions, which hold the security fixes",
  severity: "medium",
  references: [fsbp("RDS.13"), fsbp("RDS.35"), cis("RDS.13"), owaspServerless("SAS-9")],
  remediation: "Leave autoMinorVersionUpgrade on",
  url: controlUrl("rds"),
  appliesTo: ["aws:rds/instance:Instance", "aws:rds/clusterInstance:ClusterInstance"],
  check: ({ props }, verdicts) => {
    if (props.get("autoMinorVersionUpgrade").flag() === false)
      verdicts.violation("security fixes are not taken; set autoMinorVersionUpgrade to true");
  },
});

import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "rds-deletion-protection",
  description: "A database must not be deleted by accident",
  severity: "medium",
  references: [fsbp("RDS.7"), fsbp("RDS.8")],
  remediation: "Set deletionProtection to true",
  url: controlUrl("rds"),
  appliesTo: ["aws:rds/cluster:Cluster", "aws:rds/instance:Instance"],
  check: ({ props }, verdicts) => {
    if (props.get("deletionProtection").flag() !== true)
      verdicts.violation("one destroy deletes the data; set deletionProtection", { floor: "deletion-protection" });
  },
});

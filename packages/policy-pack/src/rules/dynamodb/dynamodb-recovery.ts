import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "dynamodb-recovery",
  description: "A table must be recoverable to a point in time",
  severity: "medium",
  references: [fsbp("DynamoDB.2")],
  remediation: "Set pointInTimeRecovery.enabled to true",
  url: controlUrl("dynamodb"),
  appliesTo: ["aws:dynamodb/table:Table"],
  check: ({ props }, verdicts) => {
    if (props.get("pointInTimeRecovery.enabled").flag() !== true)
      verdicts.violation("it cannot be recovered; set pointInTimeRecovery.enabled");
  },
});

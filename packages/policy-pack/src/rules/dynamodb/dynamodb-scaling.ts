import { controlUrl, fsbp, owaspApi, rule } from "../../rule.ts";
import { UNKNOWN } from "../../unknown.ts";

export default rule({
  name: "dynamodb-scaling",
  description: "A table must scale with its load",
  severity: "medium",
  references: [fsbp("DynamoDB.1"), owaspApi("API4")],
  remediation: "Set billingMode to PAY_PER_REQUEST, or add aws.appautoscaling.Target for reads and writes",
  url: controlUrl("dynamodb"),
  appliesTo: ["aws:dynamodb/table:Table"],
  stack: true,
  check: ({ resource, props, stack }, verdicts) => {
    if ((props.at("billingMode").text() ?? "PROVISIONED") === "PAY_PER_REQUEST") return;
    const targets = stack
      .ofType("aws:appautoscaling/target:Target")
      .filter((target) => target.props.serviceNamespace === "dynamodb");
    if (stack.referring("aws:appautoscaling/target:Target", "resourceId", resource).length > 0) return;
    if (targets.some((target) => target.props.resourceId === UNKNOWN)) {
      return verdicts.notEvaluated("resourceId of a scaling target: is not known before deployment");
    }
    verdicts.violation("its capacity is fixed; set billingMode to PAY_PER_REQUEST");
  },
});

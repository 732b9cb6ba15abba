import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "secretsmanager-rotation-period",
  description: "A secret must be rotated every 90 days",
  severity: "medium",
  references: [fsbp("SecretsManager.4")],
  remediation: "Set rotationRules.automaticallyAfterDays to 90 or less",
  url: controlUrl("secretsmanager"),
  appliesTo: ["aws:secretsmanager/secretRotation:SecretRotation"],
  check: ({ props }, verdicts) => {
    const rules = props.at("rotationRules");
    const days = rules.at("automaticallyAfterDays").number();
    if (days === undefined) return verdicts.notApplicable("its schedule is an expression");
    if (days > 90)
      verdicts.violation(`it is rotated every ${days} days; set rotationRules.automaticallyAfterDays to 90 or less`);
  },
});

import { awsControl, rule } from "../../rule.ts";

export default rule({
  name: "secretsmanager-recovery",
  description: "A deleted secret must be recoverable for a week",
  severity: "low",
  references: [awsControl("SecretsManager")],
  remediation: "Set recoveryWindowInDays to at least 7, or leave it out for 30",
  url: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html",
  appliesTo: ["aws:secretsmanager/secret:Secret"],
  check: ({ props }, verdicts) => {
    const days = props.at("recoveryWindowInDays").number() ?? 30;
    if (days < 7) verdicts.violation(`it is gone ${days} days after destroy; set recoveryWindowInDays to at least 7`);
  },
});

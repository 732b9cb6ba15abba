import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";
import { UNKNOWN } from "../../unknown.ts";

export default rule({
  name: "secretsmanager-rotation",
  description: "A secret must be rotated",
  severity: "medium",
  references: [fsbp("SecretsManager.1"), fsbp("SecretsManager.4"), owaspServerless("SAS-2")],
  remediation: "Add aws.secretsmanager.SecretRotation, or use a secret that a service manages",
  url: controlUrl("secretsmanager"),
  appliesTo: ["aws:secretsmanager/secret:Secret"],
  stack: true,
  check: ({ resource, stack }, verdicts) => {
    const type = "aws:secretsmanager/secretRotation:SecretRotation";
    if (stack.referring(type, "secretId", resource).length > 0) return;
    if (stack.ofType(type).some(({ props, dependencies }) => props.secretId === UNKNOWN && !dependencies?.secretId)) {
      return verdicts.notEvaluated("secretId of a rotation: is not known before deployment");
    }
    verdicts.violation("nobody rotates it; add aws.secretsmanager.SecretRotation");
  },
});

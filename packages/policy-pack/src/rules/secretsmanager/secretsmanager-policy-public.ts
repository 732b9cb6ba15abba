import { publicPolicyCheck } from "../../policies.ts";
import { awsControl, controlUrl, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "secretsmanager-policy-public",
  description: "A secret's policy must not let everyone read it",
  severity: "critical",
  references: [awsControl("SecretsManager"), owaspServerless("SAS-3")],
  remediation: "Name the principals",
  url: controlUrl("secretsmanager"),
  appliesTo: ["aws:secretsmanager/secretPolicy:SecretPolicy", "aws:secretsmanager/secret:Secret"],
  check: publicPolicyCheck("policy", "read the secret"),
});

import { publicPolicyCheck } from "../../policies.ts";
import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "kms-policy-public",
  description: "A key's policy must not let everyone use it",
  severity: "critical",
  references: [fsbp("KMS.5"), owaspServerless("SAS-3")],
  remediation: "Name the principals, or add kms:CallerAccount",
  url: controlUrl("kms"),
  appliesTo: ["aws:kms/key:Key", "aws:kms/keyPolicy:KeyPolicy"],
  check: publicPolicyCheck("policy", "use the key"),
});

import { publicPolicyCheck } from "../../policies.ts";
import { owaspApi, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "iam-trust-public",
  description: "A role must not be assumable by everyone",
  severity: "critical",
  references: [owaspServerless("SAS-5"), owaspApi("API5")],
  remediation: "Name the principals in assumeRolePolicy",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  appliesTo: ["aws:iam/role:Role"],
  check: publicPolicyCheck("assumeRolePolicy", "assume the role"),
});

import { publicPolicyCheck } from "../../policies.ts";
import { awsControl, controlUrl, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "opensearch-policy-public",
  description: "A search domain's policy must not let everyone in",
  severity: "critical",
  references: [awsControl("OpenSearch.2"), owaspServerless("SAS-5")],
  remediation: "Name the principals, or narrow them by a condition",
  url: controlUrl("opensearch"),
  appliesTo: ["aws:opensearch/domain:Domain"],
  check: publicPolicyCheck("accessPolicies", "read and change its indices"),
});

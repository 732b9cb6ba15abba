import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "opensearch-access-control",
  description: "A search domain must have fine-grained access control",
  severity: "high",
  references: [fsbp("OpenSearch.7"), owaspServerless("SAS-5")],
  remediation: "Set advancedSecurityOptions.enabled to true",
  url: controlUrl("opensearch"),
  appliesTo: ["aws:opensearch/domain:Domain"],
  check: ({ props }, verdicts) => {
    if (props.get("advancedSecurityOptions.enabled").flag() !== true)
      verdicts.violation("who reaches it reads every index; set advancedSecurityOptions.enabled");
  },
});

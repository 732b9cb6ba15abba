import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "opensearch-encrypted",
  description: "A search domain must be encrypted at rest",
  severity: "high",
  references: [fsbp("OpenSearch.1"), owaspServerless("SAS-3")],
  remediation: "Set encryptAtRest.enabled to true",
  url: controlUrl("opensearch"),
  appliesTo: ["aws:opensearch/domain:Domain"],
  check: ({ props }, verdicts) => {
    if (props.get("encryptAtRest.enabled").flag() !== true)
      verdicts.violation("what it holds is not encrypted; set encryptAtRest.enabled");
  },
});

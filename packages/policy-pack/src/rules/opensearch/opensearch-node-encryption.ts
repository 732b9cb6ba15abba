import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "opensearch-node-encryption",
  description: "A search domain must encrypt between its nodes",
  severity: "high",
  references: [fsbp("OpenSearch.3"), owaspServerless("SAS-3")],
  remediation: "Set nodeToNodeEncryption.enabled to true",
  url: controlUrl("opensearch"),
  appliesTo: ["aws:opensearch/domain:Domain"],
  check: ({ props }, verdicts) => {
    if (props.get("nodeToNodeEncryption.enabled").flag() !== true)
      verdicts.violation("its nodes talk in plain text; set nodeToNodeEncryption.enabled");
  },
});

import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "opensearch-software-updates",
  description: "A search domain must take software updates by itself",
  severity: "low",
  references: [fsbp("OpenSearch.10"), owaspServerless("SAS-9")],
  remediation: "Set softwareUpdateOptions.autoSoftwareUpdateEnabled to true",
  url: controlUrl("opensearch"),
  appliesTo: ["aws:opensearch/domain:Domain"],
  check: ({ props }, verdicts) => {
    if (props.get("softwareUpdateOptions.autoSoftwareUpdateEnabled").flag() !== true)
      verdicts.violation("it stays on old software; set softwareUpdateOptions.autoSoftwareUpdateEnabled");
  },
});

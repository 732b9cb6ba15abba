import { controlUrl, fsbp, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "opensearch-audit-logs",
  description: "A search domain must log the reads and changes to CloudWatch",
  severity: "medium",
  references: [fsbp("OpenSearch.5"), owaspServerless("SAS-10"), paper("IV.2.C")],
  remediation: "Add AUDIT_LOGS to logPublishingOptions",
  url: controlUrl("opensearch"),
  appliesTo: ["aws:opensearch/domain:Domain"],
  check: ({ props }, verdicts) => {
    const published = props
      .at("logPublishingOptions")
      .list()
      .filter((each) => each.at("enabled").flag() !== false);
    if (published.some((each) => each.at("logType").text() === "AUDIT_LOGS")) return;
    verdicts.violation("reads and changes are logged nowhere; add AUDIT_LOGS to logPublishingOptions");
  },
});

import { controlUrl, fsbp, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "opensearch-error-logs",
  description: "A search domain must log its errors to CloudWatch",
  severity: "medium",
  references: [fsbp("OpenSearch.4"), owaspServerless("SAS-10"), paper("IV.2.C")],
  remediation: "Add ES_APPLICATION_LOGS to logPublishingOptions",
  url: controlUrl("opensearch"),
  appliesTo: ["aws:opensearch/domain:Domain"],
  check: ({ props }, verdicts) => {
    const published = props
      .at("logPublishingOptions")
      .list()
      .filter((each) => each.at("enabled").flag() !== false);
    if (published.some((each) => each.at("logType").text() === "ES_APPLICATION_LOGS")) return;
    verdicts.violation("errors are logged nowhere; add ES_APPLICATION_LOGS to logPublishingOptions");
  },
});

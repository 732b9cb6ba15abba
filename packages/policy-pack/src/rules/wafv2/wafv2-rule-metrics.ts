import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "wafv2-rule-metrics",
  description: "Every rule of a web ACL must have metrics",
  severity: "low",
  references: [fsbp("WAF.12"), owaspServerless("SAS-10")],
  remediation: "Set visibilityConfig.cloudwatchMetricsEnabled to true on the rule",
  url: controlUrl("waf"),
  appliesTo: ["aws:wafv2/webAcl:WebAcl"],
  check: ({ props }, verdicts) => {
    verdicts.each(props.at("rules").list(), (each) => {
      if (each.get("visibilityConfig.cloudwatchMetricsEnabled").flag() === true) return;
      const name = each.at("name").text() ?? "";
      verdicts.violation(`the rule ${name} has no metrics; set visibilityConfig.cloudwatchMetricsEnabled`, {
        key: name,
      });
    });
  },
});

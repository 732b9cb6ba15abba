import { controlUrl, fsbp, owaspApi, rule } from "../../rule.ts";

export default rule({
  name: "wafv2-has-rules",
  description: "A web ACL must have rules",
  severity: "high",
  references: [fsbp("WAF.10"), owaspApi("API4")],
  remediation: "Add rules: rate limits, managed groups",
  url: controlUrl("waf"),
  appliesTo: ["aws:wafv2/webAcl:WebAcl"],
  check: ({ props }, verdicts) => {
    if (!props.at("ruleJson").present && props.at("rules").list().length === 0)
      verdicts.violation("it has no rules; add some");
  },
});

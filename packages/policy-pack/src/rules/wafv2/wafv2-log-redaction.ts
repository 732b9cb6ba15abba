import { owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "wafv2-log-redaction",
  description: "A web ACL's logs must not hold tokens and cookies",
  severity: "high",
  references: [owaspServerless("SAS-3"), owaspServerless("SAS-10")],
  remediation: "Add the headers authorization and cookie to redactedFields",
  url: "https://docs.aws.amazon.com/waf/latest/developerguide/logging-management.html",
  appliesTo: ["aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"],
  check: ({ props }, verdicts) => {
    const fields = props.at("redactedFields").list();
    const redacted = fields.map((field) => field.get("singleHeader.name").text()?.toLowerCase());
    for (const header of ["authorization", "cookie"]) {
      if (!redacted.includes(header))
        verdicts.violation(`its log holds the header ${header}; add it to redactedFields`, { key: header });
    }
  },
});

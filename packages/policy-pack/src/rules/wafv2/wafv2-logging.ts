import { awsControl, controlUrl, owaspServerless, rule } from "../../rule.ts";
import { UNKNOWN } from "../../unknown.ts";

export default rule({
  name: "wafv2-logging",
  description: "A web ACL must be logged",
  severity: "medium",
  references: [awsControl("WAF.11"), owaspServerless("SAS-10")],
  remediation: "Add aws.wafv2.WebAclLoggingConfiguration",
  url: controlUrl("waf"),
  appliesTo: ["aws:wafv2/webAcl:WebAcl"],
  stack: true,
  check: ({ resource, stack }, verdicts) => {
    const type = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
    if (stack.referring(type, "resourceArn", resource).length > 0) return;
    if (
      stack.ofType(type).some(({ props, dependencies }) => props.resourceArn === UNKNOWN && !dependencies?.resourceArn)
    ) {
      return verdicts.notEvaluated("resourceArn of a logging configuration: is not known before deployment");
    }
    verdicts.violation("nobody can tell what it blocked; add aws.wafv2.WebAclLoggingConfiguration");
  },
});

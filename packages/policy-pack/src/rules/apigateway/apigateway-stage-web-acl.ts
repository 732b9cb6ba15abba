import { controlUrl, fsbp, owaspApi, owaspServerless, paper, rule } from "../../rule.ts";
import { UNKNOWN } from "../../unknown.ts";

export default rule({
  name: "apigateway-stage-web-acl",
  description: "A stage must have a web ACL",
  severity: "high",
  references: [fsbp("APIGateway.4"), owaspApi("API4"), owaspServerless("SAS-6"), paper("IV.1.C")],
  remediation: "Associate an aws.wafv2.WebAcl with the stage",
  url: controlUrl("apigateway"),
  appliesTo: ["aws:apigateway/stage:Stage"],
  stack: true,
  check: ({ resource, stack }, verdicts) => {
    const associations = stack.ofType("aws:wafv2/webAclAssociation:WebAclAssociation");
    if (stack.referring("aws:wafv2/webAclAssociation:WebAclAssociation", "resourceArn", resource).length > 0) return;
    const open = associations.filter(
      ({ props, dependencies }) => props.resourceArn === UNKNOWN && !dependencies?.resourceArn,
    );
    if (open.length > 0)
      return verdicts.notEvaluated("resourceArn of a web ACL's association: is not known before deployment");
    verdicts.violation("no web ACL stands in front of it; add aws.wafv2.WebAclAssociation");
  },
});

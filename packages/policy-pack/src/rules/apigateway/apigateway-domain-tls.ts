import { awsControl, controlUrl, owaspApi, rule } from "../../rule.ts";

export default rule({
  name: "apigateway-domain-tls",
  description: "A domain name must use TLS 1.2 or newer",
  severity: "high",
  references: [awsControl("APIGateway.11"), owaspApi("API8")],
  remediation: "Set securityPolicy to TLS_1_2 or to one of the SecurityPolicy_TLS13 policies",
  url: controlUrl("apigateway"),
  appliesTo: ["aws:apigateway/domainName:DomainName", "aws:apigatewayv2/domainName:DomainName"],
  check: ({ resource, props }, verdicts) => {
    const at = resource.type.startsWith("aws:apigatewayv2/")
      ? "domainNameConfiguration.securityPolicy"
      : "securityPolicy";
    const policy = props.get(at).text();
    if (policy === undefined) verdicts.violation(`${at} is AWS's default; set TLS_1_2`);
    else if (!/^TLS_1_2$|^SecurityPolicy_TLS1[23]_/.test(policy)) verdicts.violation(`${at} is ${policy}; set TLS_1_2`);
  },
});

import { awsControl, controlUrl, owaspApi, rule } from "../../rule.ts";

export default rule({
  name: "apigateway-v2-private-integration-tls",
  description: "A private integration must use TLS",
  severity: "high",
  references: [awsControl("APIGateway.10"), owaspApi("API8")],
  remediation: "Set tlsConfig.serverNameToVerify",
  url: controlUrl("apigateway"),
  appliesTo: ["aws:apigatewayv2/integration:Integration"],
  check: ({ props }, verdicts) => {
    if (props.at("connectionType").text() !== "VPC_LINK")
      return verdicts.notApplicable("the integration is not private");
    if (!props.get("tlsConfig.serverNameToVerify").present) {
      verdicts.violation("the private integration does not use TLS; set tlsConfig.serverNameToVerify");
    }
  },
});

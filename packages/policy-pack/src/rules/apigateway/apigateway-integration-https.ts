import { operationsOf } from "../../openapi-body.ts";
import { owaspApi, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "apigateway-integration-https",
  description: "An integration with a web server must use HTTPS",
  severity: "high",
  references: [owaspApi("API8"), owaspServerless("SAS-3")],
  remediation: "Use an https:// address; for a private server, a VPC link to a TLS listener",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html",
  appliesTo: ["aws:apigateway/restApi:RestApi", "aws:apigateway/integration:Integration"],
  check: ({ resource, props }, verdicts) => {
    const plain = (uri: string | undefined) => /^http:/i.test(uri ?? "");
    if (resource.type === "aws:apigateway/integration:Integration") {
      if (plain(props.at("uri").text())) verdicts.violation("the integration speaks plain HTTP; use https://");
      return;
    }
    if (!props.at("body").present) return verdicts.notApplicable("it has no OpenAPI body; its methods are resources");
    verdicts.each(operationsOf(props.at("body")), ({ label, definition }) => {
      if (!plain(definition.get("x-amazon-apigateway-integration.uri").text())) return;
      verdicts.violation(`${label}: the integration speaks plain HTTP; use https://`, { key: label });
    });
  },
});

import { operationsOf } from "../../openapi-body.ts";
import { Reader } from "../../reader.ts";
import { controlUrl, fsbp, rule } from "../../rule.ts";

function isHttp(type: string | undefined): boolean {
  return /^http/i.test(type ?? "");
}

export default rule({
  name: "apigateway-client-certificate",
  description: "A stage whose API calls HTTP backends must show them a client certificate",
  severity: "medium",
  references: [fsbp("APIGateway.2")],
  remediation: "Add aws.apigateway.ClientCertificate and set clientCertificateId",
  url: controlUrl("apigateway"),
  appliesTo: ["aws:apigateway/stage:Stage"],
  stack: true,
  check: ({ resource, props, stack }, verdicts) => {
    const api = stack.referred(resource, "restApi", ["aws:apigateway/restApi:RestApi"]);
    const own = api === undefined ? [] : stack.referring("aws:apigateway/integration:Integration", "restApi", api);
    const separate = own.some((each) => isHttp(new Reader(each.props).at("type").text()));
    const imported = operationsOf(new Reader(api?.props).at("body")).some(({ definition }) =>
      isHttp(definition.get("x-amazon-apigateway-integration.type").text()),
    );
    if (!separate && !imported) return verdicts.notApplicable("its API calls no HTTP backend");
    if (!props.at("clientCertificateId").present)
      verdicts.violation("its backends cannot tell it from another; set clientCertificateId");
  },
});

import { authenticates, isPreflight, operationsOf, schemesOf } from "../../openapi-body.ts";
import { owaspApi, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "apigateway-operation-authorizer",
  description: "Every operation of a REST API's OpenAPI body must have an authorizer or IAM",
  severity: "critical",
  references: [owaspApi("API2"), owaspApi("API5"), owaspServerless("SAS-2"), paper("III.1.A")],
  remediation: "Give the operation a security scheme with an authorizer; an API key alone authenticates nobody",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html",
  appliesTo: ["aws:apigateway/restApi:RestApi"],
  check: ({ props }, verdicts) => {
    if (!props.at("body").present) return verdicts.notApplicable("it has no OpenAPI body; its methods are resources");
    const document = props.at("body").json();
    verdicts.each(operationsOf(document), (operation) => {
      if (isPreflight(operation)) return;
      const schemes = schemesOf(operation, document);
      if (schemes.some((name) => authenticates(name, document))) return;
      verdicts.violation(`${operation.label} (${operation.method} ${operation.path}) has no authorizer; give it one`, {
        key: operation.label,
        floor: `unauthenticated-route-${operation.label}`,
      });
    });
  },
});

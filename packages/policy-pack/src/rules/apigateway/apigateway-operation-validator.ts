import { isPreflight, operationsOf } from "../../openapi-body.ts";
import { owaspApi, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "apigateway-operation-validator",
  description: "Every operation of an OpenAPI body must be validated: parameters and body",
  severity: "high",
  references: [owaspApi("API8"), owaspServerless("SAS-1"), paper("III.1.B")],
  remediation:
    "Declare a validator with validateRequestBody and validateRequestParameters and name it for the document or the operation",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html",
  appliesTo: ["aws:apigateway/restApi:RestApi"],
  check: ({ props }, verdicts) => {
    if (!props.at("body").present) return verdicts.notApplicable("it has no OpenAPI body; its methods are resources");
    const document = props.at("body").json();
    const validators = document.at("x-amazon-apigateway-request-validators");
    verdicts.each(operationsOf(document), (operation) => {
      if (isPreflight(operation)) return;
      const { label, method, path, definition } = operation;
      const own = definition.at("x-amazon-apigateway-request-validator").text();
      const validator = validators.at(own ?? document.at("x-amazon-apigateway-request-validator").text() ?? "");
      const both = ["validateRequestBody", "validateRequestParameters"].every(
        (part) => validator.at(part).flag() === true,
      );
      if (!both)
        verdicts.violation(`${label} (${method} ${path}) is not validated; name a full validator`, { key: label });
    });
  },
});

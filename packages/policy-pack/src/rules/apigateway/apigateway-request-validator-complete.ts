import { owaspApi, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "apigateway-request-validator-complete",
  description: "A request validator must check body and parameters",
  severity: "medium",
  references: [owaspApi("API8"), owaspServerless("SAS-1")],
  remediation: "Set validateRequestBody and validateRequestParameters to true",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html",
  appliesTo: ["aws:apigateway/requestValidator:RequestValidator"],
  check: ({ props }, verdicts) => {
    verdicts.each(["validateRequestBody", "validateRequestParameters"], (part) => {
      if (props.at(part).flag() !== true) verdicts.violation(`${part} is off; set it to true`, { key: part });
    });
  },
});

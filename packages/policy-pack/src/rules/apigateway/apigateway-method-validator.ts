import { owaspApi, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "apigateway-method-validator",
  description: "A method must have a request validator",
  severity: "high",
  references: [owaspApi("API8"), owaspServerless("SAS-1"), paper("III.1.B")],
  remediation: "Set requestValidatorId to a validator of body and parameters",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html",
  appliesTo: ["aws:apigateway/method:Method"],
  check: ({ props }, verdicts) => {
    if (props.at("httpMethod").text() === "OPTIONS") return verdicts.notApplicable("a preflight has no body");
    if (!props.at("requestValidatorId").present)
      verdicts.violation("requests are not validated; set requestValidatorId");
  },
});

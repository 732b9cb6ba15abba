import { owaspApi, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "apigateway-method-authorization",
  description: "A method must have an authorizer or IAM",
  severity: "critical",
  references: [owaspApi("API2"), owaspApi("API5"), owaspServerless("SAS-2"), paper("III.1.A")],
  remediation: "Set authorization to CUSTOM with authorizerId, COGNITO_USER_POOLS or AWS_IAM",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html",
  appliesTo: ["aws:apigateway/method:Method"],
  check: ({ props }, verdicts) => {
    if (props.at("httpMethod").text() === "OPTIONS")
      return verdicts.notApplicable("a preflight carries no credentials");
    const authorization = props.at("authorization").text() ?? "NONE";
    if (authorization === "NONE") verdicts.violation("anyone may call the method; give it an authorizer");
    else if (authorization !== "AWS_IAM" && !props.at("authorizerId").present) {
      verdicts.violation(`authorization is ${authorization} without an authorizerId; name the authorizer`);
    }
  },
});

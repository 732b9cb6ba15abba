import { fsbp, owaspApi, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "apigateway-stage-access-log",
  description: "A stage must write access logs",
  severity: "high",
  references: [fsbp("APIGateway.9"), owaspApi("API9"), owaspServerless("SAS-10"), paper("III.1.B")],
  remediation: "Set accessLogSettings with a log group and a JSON format",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
  appliesTo: ["aws:apigateway/stage:Stage", "aws:apigatewayv2/stage:Stage"],
  check: ({ props }, verdicts) => {
    if (!props.get("accessLogSettings.destinationArn").present) {
      verdicts.violation("nobody can tell who called: set accessLogSettings");
    }
  },
});

import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "apigateway-v2-access-log",
  description: "A stage of an HTTP or WebSocket API must have an access log",
  severity: "medium",
  references: [fsbp("APIGateway.9"), owaspServerless("SAS-10")],
  remediation: "Set accessLogSettings",
  url: controlUrl("apigateway"),
  appliesTo: ["aws:apigatewayv2/stage:Stage"],
  check: ({ props }, verdicts) => {
    const destination = props.get("accessLogSettings.destinationArn");
    if (!destination.present || destination.value === "")
      verdicts.violation("its requests leave no trace; set accessLogSettings");
  },
});

import { controlUrl, fsbp, owaspApi, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "apigateway-v2-route-authorization",
  description: "A route of an HTTP or WebSocket API must have an authorization type",
  severity: "critical",
  references: [fsbp("APIGateway.8"), owaspApi("API2"), owaspServerless("SAS-2")],
  remediation: "Set authorizationType to JWT, CUSTOM or AWS_IAM",
  url: controlUrl("apigateway"),
  appliesTo: ["aws:apigatewayv2/route:Route"],
  check: ({ props }, verdicts) => {
    const route = props.at("routeKey").text() ?? "";
    // WebSocket APIs authorize at $connect only.
    if (/^\$(?!connect$|default$)/.test(route))
      return verdicts.notApplicable("WebSocket APIs authorize when a client connects");
    if ((props.at("authorizationType").text() ?? "NONE") === "NONE") {
      verdicts.violation(`anyone may call ${route || "the route"}; set authorizationType`);
    }
  },
});

import { owaspServerless, paper, rule } from "../../rule.ts";

/** Variables of an access log that hold a credential, or that an authorizer's context names as one. */
const SECRET =
  /\$context\.(?:identity\.apiKey\b|(?:authorizer|requestOverride\.header)\.[\w.-]*(?:token|authorization|cookie|jwt|secret|password)\b)/gi;

export default rule({
  name: "apigateway-access-log-no-secrets",
  description: "Access logs must not hold API keys, tokens or cookies",
  severity: "high",
  references: [owaspServerless("SAS-3"), owaspServerless("SAS-10"), paper("V.1")],
  remediation: "Take the variable out of accessLogSettings.format",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html",
  appliesTo: ["aws:apigateway/stage:Stage", "aws:apigatewayv2/stage:Stage"],
  check: ({ props }, verdicts) => {
    const format = props.get("accessLogSettings.format");
    if (!format.present) return verdicts.notApplicable("it writes no access log");
    for (const [variable] of (format.text() ?? "").matchAll(SECRET)) {
      verdicts.violation(`the access log holds ${variable}; take it out of accessLogSettings.format`, {
        key: variable,
      });
    }
  },
});

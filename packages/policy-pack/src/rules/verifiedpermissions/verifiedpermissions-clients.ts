import { awsControl, owaspApi, rule } from "../../rule.ts";

export default rule({
  name: "verifiedpermissions-clients",
  description: "An identity source must name the clients whose tokens it takes",
  severity: "high",
  references: [awsControl("Verified Permissions"), owaspApi("API2")],
  remediation: "Set clientIds of cognitoUserPoolConfiguration or openIdConnectConfiguration",
  url: "https://docs.aws.amazon.com/verifiedpermissions/latest/userguide/identity-sources-cognito.html",
  appliesTo: ["aws:verifiedpermissions/identitySource:IdentitySource"],
  check: ({ props }, verdicts) => {
    const source = props.at("configuration");
    const named =
      source.get("cognitoUserPoolConfiguration.clientIds").list().length +
      (source.at("openIdConnectConfiguration").present ? 1 : 0);
    if (named === 0) verdicts.violation("a token of any client of the user pool is good enough; set clientIds");
  },
});

import { owaspApi, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "cognito-client-auth-flows",
  description: "A client must not send passwords from the browser",
  severity: "medium",
  references: [owaspApi("API2"), owaspServerless("SAS-2")],
  remediation: "Use ALLOW_USER_SRP_AUTH; a server may use ALLOW_ADMIN_USER_PASSWORD_AUTH",
  url: "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html",
  appliesTo: ["aws:cognito/userPoolClient:UserPoolClient"],
  check: ({ props }, verdicts) => {
    const flows = props.at("explicitAuthFlows").texts();
    for (const flow of flows.filter((each) => /^(?:ALLOW_)?USER_PASSWORD_AUTH$/.test(each))) {
      verdicts.violation(`${flow} sends the password itself, to anyone's scripts; use ALLOW_USER_SRP_AUTH`, {
        key: flow,
      });
    }
  },
});

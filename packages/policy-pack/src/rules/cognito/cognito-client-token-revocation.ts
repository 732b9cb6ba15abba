import { owaspApi, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "cognito-client-token-revocation",
  description: "A client's tokens must be revocable",
  severity: "medium",
  references: [owaspApi("API2"), owaspServerless("SAS-2")],
  remediation: "Leave enableTokenRevocation on",
  url: "https://docs.aws.amazon.com/cognito/latest/developerguide/token-revocation.html",
  appliesTo: ["aws:cognito/userPoolClient:UserPoolClient"],
  check: ({ props }, verdicts) => {
    if (props.get("enableTokenRevocation").flag() === false)
      verdicts.violation("a stolen refresh token is good to its end; set enableTokenRevocation to true");
  },
});

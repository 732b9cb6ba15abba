import { owaspApi, owaspServerless, paper, rule } from "../../rule.ts";

const MINUTES: Record<string, number> = { seconds: 1 / 60, minutes: 1, hours: 60, days: 1440 };

export default rule({
  name: "cognito-client-token-validity",
  description: "Access and ID tokens must expire within an hour",
  severity: "medium",
  references: [owaspApi("API2"), owaspServerless("SAS-2"), paper("III.1.D")],
  remediation: "Set accessTokenValidity and idTokenValidity with tokenValidityUnits, at most 60 minutes",
  url: "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-with-identity-providers.html",
  appliesTo: ["aws:cognito/userPoolClient:UserPoolClient"],
  check: ({ props }, verdicts) => {
    verdicts.each(["accessToken", "idToken"], (token) => {
      const given = props.at(`${token}Validity`).number();
      const unit = props.get(`tokenValidityUnits.${token}`).text() ?? "hours";
      // Cognito's default is 60 minutes.
      const minutes = given === undefined ? 60 : given * (MINUTES[unit] ?? Number.NaN);
      if (Number.isNaN(minutes)) verdicts.notEvaluated(`tokenValidityUnits.${token}: the unit ${unit} is not known`);
      else if (minutes > 60)
        verdicts.violation(`${token}Validity is ${minutes} minutes; set at most 60`, { key: token });
    });
  },
});

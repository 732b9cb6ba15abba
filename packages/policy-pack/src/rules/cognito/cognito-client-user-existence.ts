import { owaspApi, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "cognito-client-user-existence",
  description: "A client must not tell whether a user exists",
  severity: "medium",
  references: [owaspApi("API2"), owaspServerless("SAS-2")],
  remediation: "Set preventUserExistenceErrors to ENABLED",
  url: "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html",
  appliesTo: ["aws:cognito/userPoolClient:UserPoolClient"],
  check: ({ props }, verdicts) => {
    if (props.at("preventUserExistenceErrors").text() !== "ENABLED") {
      verdicts.violation("its errors tell which users exist; set preventUserExistenceErrors to ENABLED");
    }
  },
});

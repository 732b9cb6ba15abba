import { owaspApi, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "cognito-no-self-sign-up",
  description: "A user pool of known people must not let anyone sign up",
  severity: "medium",
  references: [owaspApi("API6"), owaspServerless("SAS-2"), paper("III.1.B")],
  remediation: "Set adminCreateUserConfig.allowAdminCreateUserOnly to true",
  url: "https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html",
  appliesTo: ["aws:cognito/userPool:UserPool"],
  check: ({ props }, verdicts) => {
    if (props.get("adminCreateUserConfig.allowAdminCreateUserOnly").flag() !== true)
      verdicts.violation("anyone may make an account; set adminCreateUserConfig.allowAdminCreateUserOnly");
  },
});

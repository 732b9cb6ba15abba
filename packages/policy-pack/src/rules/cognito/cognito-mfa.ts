import { awsControl, controlUrl, owaspApi, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "cognito-mfa",
  description: "A user pool must offer a second factor",
  severity: "medium",
  references: [awsControl("Cognito.5"), owaspApi("API2"), owaspServerless("SAS-2")],
  remediation: "Set mfaConfiguration to ON, or OPTIONAL where people choose",
  url: controlUrl("cognito"),
  appliesTo: ["aws:cognito/userPool:UserPool"],
  check: ({ props }, verdicts) => {
    if ((props.at("mfaConfiguration").text() ?? "OFF") === "OFF")
      verdicts.violation("a password is all it takes; set mfaConfiguration", { floor: "second-factor" });
  },
});

import { awsControl, controlUrl, owaspApi, rule } from "../../rule.ts";

export default rule({
  name: "cognito-custom-auth-protection",
  description: "A pool with custom authentication must guard it against attacks",
  severity: "medium",
  references: [awsControl("Cognito.4"), owaspApi("API2")],
  remediation: "Set userPoolAddOns.advancedSecurityAdditionalFlows.customAuthMode to ENFORCED",
  url: controlUrl("cognito"),
  appliesTo: ["aws:cognito/userPool:UserPool"],
  check: ({ props }, verdicts) => {
    if (!props.get("lambdaConfig.defineAuthChallenge").present)
      return verdicts.notApplicable("it has no custom authentication");
    if (props.get("userPoolAddOns.advancedSecurityAdditionalFlows.customAuthMode").text() !== "ENFORCED") {
      verdicts.violation(
        "a risky custom sign-in passes; set advancedSecurityAdditionalFlows.customAuthMode to ENFORCED",
      );
    }
  },
});

import { controlUrl, fsbp, owaspApi, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "cognito-threat-protection",
  description: "A user pool must act on compromised passwords and odd sign-ins",
  severity: "medium",
  references: [fsbp("Cognito.1"), owaspApi("API2"), owaspApi("API6"), owaspServerless("SAS-2")],
  remediation: "Set userPoolAddOns.advancedSecurityMode to ENFORCED (the Plus tier)",
  url: controlUrl("cognito"),
  appliesTo: ["aws:cognito/userPool:UserPool"],
  check: ({ props }, verdicts) => {
    const mode = props.get("userPoolAddOns.advancedSecurityMode").text() ?? "OFF";
    if (mode !== "ENFORCED")
      verdicts.violation(`threat protection is ${mode}; set advancedSecurityMode to ENFORCED`, {
        floor: "threat-protection",
      });
  },
});

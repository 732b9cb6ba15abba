import { controlUrl, fsbp, owaspApi, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "cognito-password-policy",
  description: "A user pool must ask for strong passwords",
  severity: "medium",
  references: [fsbp("Cognito.3"), owaspApi("API2"), owaspServerless("SAS-2"), paper("III.1.A")],
  remediation:
    "Set passwordPolicy: minimumLength of at least 8, all four kinds of characters, temporaryPasswordValidityDays of at most 7",
  url: controlUrl("cognito"),
  appliesTo: ["aws:cognito/userPool:UserPool"],
  check: ({ props }, verdicts) => {
    const policy = props.at("passwordPolicy");
    const length = policy.at("minimumLength").number() ?? 0;
    if (length < 8) verdicts.violation(`passwordPolicy.minimumLength is ${length}; set at least 8`, { key: "length" });
    const kinds = ["requireLowercase", "requireUppercase", "requireNumbers", "requireSymbols"];
    verdicts.each(kinds, (kind) => {
      if (policy.at(kind).flag() !== true)
        verdicts.violation(`passwordPolicy.${kind} is off; set it to true`, { key: kind });
    });
    // Cognito's own default is 7.
    const days = policy.at("temporaryPasswordValidityDays").number() ?? 7;
    if (days > 7) verdicts.violation(`a temporary password is good for ${days} days; at most 7`, { key: "temporary" });
  },
});

import { controlUrl, fsbp, owaspApi, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "cognito-identity-pool-guests",
  description: "An identity pool must give nothing to guests",
  severity: "medium",
  references: [fsbp("Cognito.2"), owaspApi("API2"), owaspServerless("SAS-2")],
  remediation: "Set allowUnauthenticatedIdentities to false",
  url: controlUrl("cognito"),
  appliesTo: ["aws:cognito/identityPool:IdentityPool"],
  check: ({ props }, verdicts) => {
    if (props.get("allowUnauthenticatedIdentities").flag() === true)
      verdicts.violation("guests get AWS credentials; set allowUnauthenticatedIdentities to false");
  },
});

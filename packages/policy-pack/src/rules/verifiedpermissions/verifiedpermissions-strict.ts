import { awsControl, owaspApi, paper, rule } from "../../rule.ts";

export default rule({
  name: "verifiedpermissions-strict",
  description: "A policy store must check its policies against its schema",
  severity: "high",
  references: [awsControl("Verified Permissions"), owaspApi("API5"), paper("III.1.C")],
  remediation: "Set validationSettings.mode to STRICT",
  url: "https://docs.aws.amazon.com/verifiedpermissions/latest/userguide/policy-validation-mode.html",
  appliesTo: ["aws:verifiedpermissions/policyStore:PolicyStore"],
  check: ({ props }, verdicts) => {
    if (props.get("validationSettings.mode").text() !== "STRICT")
      verdicts.violation(
        "a policy with a slip in it allows or denies what nobody meant; set validationSettings.mode to STRICT",
      );
  },
});

import { awsControl, owaspApi, paper, rule } from "../../rule.ts";

export default rule({
  name: "verifiedpermissions-deletion-protection",
  description: "A policy store must be protected from deletion",
  severity: "medium",
  references: [awsControl("Verified Permissions"), owaspApi("API5"), paper("III.1.C")],
  remediation: "Set deletionProtection to ENABLED",
  url: "https://docs.aws.amazon.com/verifiedpermissions/latest/userguide/policy-stores.html",
  appliesTo: ["aws:verifiedpermissions/policyStore:PolicyStore"],
  check: ({ props }, verdicts) => {
    if (props.get("deletionProtection").text() !== "ENABLED")
      verdicts.violation("a mistake deletes every permission; set deletionProtection to ENABLED", {
        floor: "deletion-protection",
      });
  },
});

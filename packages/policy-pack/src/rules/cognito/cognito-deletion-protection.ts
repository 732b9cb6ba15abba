import { awsControl, controlUrl, rule } from "../../rule.ts";

export default rule({
  name: "cognito-deletion-protection",
  description: "A user pool must not be deleted by accident",
  severity: "medium",
  references: [awsControl("Cognito.6")],
  remediation: "Set deletionProtection to ACTIVE",
  url: controlUrl("cognito"),
  appliesTo: ["aws:cognito/userPool:UserPool"],
  check: ({ props }, verdicts) => {
    if (props.at("deletionProtection").text() !== "ACTIVE") {
      verdicts.violation("one destroy deletes every user; set deletionProtection to ACTIVE", {
        floor: "deletion-protection",
      });
    }
  },
});

import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "macie-on",
  description: "Macie must be on",
  severity: "medium",
  references: [fsbp("Macie.1"), owaspServerless("SAS-3")],
  remediation: "Leave status at ENABLED",
  url: controlUrl("macie"),
  appliesTo: ["aws:macie2/account:Account"],
  check: ({ props }, verdicts) => {
    if ((props.at("status").text() ?? "ENABLED") !== "ENABLED")
      verdicts.violation("it looks at nothing; set status to ENABLED");
  },
});

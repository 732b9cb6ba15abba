import { controlUrl, fsbp, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "guardduty-enabled",
  description: "A GuardDuty detector must be on",
  severity: "high",
  references: [fsbp("GuardDuty.1"), owaspServerless("SAS-10"), paper("IV.2.C")],
  remediation: "Leave enable on",
  url: controlUrl("guardduty"),
  appliesTo: ["aws:guardduty/detector:Detector"],
  check: ({ props }, verdicts) => {
    if (props.get("enable").flag() === false) verdicts.violation("it looks at nothing; set enable to true");
  },
});

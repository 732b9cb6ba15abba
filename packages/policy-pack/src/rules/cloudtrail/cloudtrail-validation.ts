import { cis, controlUrl, fsbp, paper, rule } from "../../rule.ts";

export default rule({
  name: "cloudtrail-validation",
  description: "A trail's files must be verifiable",
  severity: "medium",
  references: [fsbp("CloudTrail.4"), cis("CloudTrail.4"), paper("V.1")],
  remediation: "Set enableLogFileValidation to true",
  url: controlUrl("cloudtrail"),
  appliesTo: ["aws:cloudtrail/trail:Trail"],
  check: ({ props }, verdicts) => {
    if (props.get("enableLogFileValidation").flag() !== true)
      verdicts.violation("a changed file goes unseen; set enableLogFileValidation");
  },
});

import { awsControl, controlUrl, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "cloudtrail-enabled",
  description: "A trail must be on",
  severity: "high",
  references: [awsControl("CloudTrail.3"), owaspServerless("SAS-10")],
  remediation: "Leave enableLogging on",
  url: controlUrl("cloudtrail"),
  appliesTo: ["aws:cloudtrail/trail:Trail"],
  check: ({ props }, verdicts) => {
    if (props.get("enableLogging").flag() === false)
      verdicts.violation("it records nothing; set enableLogging to true");
  },
});

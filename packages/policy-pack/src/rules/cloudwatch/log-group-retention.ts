import { awsControl, controlUrl, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "log-group-retention",
  description: "A log group must say how long it keeps logs",
  severity: "medium",
  references: [awsControl("CloudWatch.16"), owaspServerless("SAS-10"), paper("V.1")],
  remediation: "Set retentionInDays",
  url: controlUrl("cloudwatch"),
  appliesTo: ["aws:cloudwatch/logGroup:LogGroup"],
  check: ({ props }, verdicts) => {
    if (props.at("logGroupClass").text() === "DELIVERY")
      return verdicts.notApplicable("the class DELIVERY keeps logs for a day");
    if ((props.at("retentionInDays").number() ?? 0) === 0) {
      verdicts.violation("logs are kept, and paid for, for ever; set retentionInDays");
    }
  },
});

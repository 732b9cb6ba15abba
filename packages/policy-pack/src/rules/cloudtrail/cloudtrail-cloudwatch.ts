import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "cloudtrail-cloudwatch",
  description: "A trail must write to CloudWatch Logs too",
  severity: "low",
  references: [fsbp("CloudTrail.5"), owaspServerless("SAS-10")],
  remediation: "Set cloudWatchLogsGroupArn and cloudWatchLogsRoleArn",
  url: controlUrl("cloudtrail"),
  appliesTo: ["aws:cloudtrail/trail:Trail"],
  check: ({ props }, verdicts) => {
    const value = props.get("cloudWatchLogsGroupArn");
    if (!value.present || value.value === "")
      verdicts.violation("no alarm sees what it records; set cloudWatchLogsGroupArn");
  },
});

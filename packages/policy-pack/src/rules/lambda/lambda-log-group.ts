import { awsControl, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "lambda-log-group",
  description: "A function must write to a log group of its own that the stack manages",
  severity: "medium",
  references: [owaspServerless("SAS-10"), awsControl("CloudWatch.16"), paper("V.1")],
  remediation: "Set loggingConfig.logGroup to a log group of the stack, outside /aws/lambda/",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html",
  appliesTo: ["aws:lambda/function:Function"],
  check: ({ props }, verdicts) => {
    const group = props.get("loggingConfig.logGroup");
    if (!group.present)
      verdicts.violation("Lambda makes its log group, which is kept for ever; set loggingConfig.logGroup");
  },
});

import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "kinesis-retention",
  description: "A stream must keep its records for a week",
  severity: "low",
  references: [fsbp("Kinesis.3")],
  remediation: "Set retentionPeriod to 168 or more",
  url: controlUrl("kinesis"),
  appliesTo: ["aws:kinesis/stream:Stream"],
  check: ({ props }, verdicts) => {
    const hours = props.at("retentionPeriod").number() ?? 24;
    if (hours < 168) verdicts.violation(`it keeps records for ${hours} hours; set retentionPeriod to 168 or more`);
  },
});

import { controlUrl, fsbp, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "athena-logging",
  description: "A workgroup must publish what its queries do",
  severity: "medium",
  references: [fsbp("Athena.4"), owaspServerless("SAS-10"), paper("V.1")],
  remediation: "Leave configuration.publishCloudwatchMetricsEnabled on",
  url: controlUrl("athena"),
  appliesTo: ["aws:athena/workgroup:Workgroup"],
  check: ({ props }, verdicts) => {
    if (props.get("configuration.publishCloudwatchMetricsEnabled").flag() === false)
      verdicts.violation("its queries leave no trace; set configuration.publishCloudwatchMetricsEnabled");
  },
});

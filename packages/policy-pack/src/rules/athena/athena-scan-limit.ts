import { awsControl, owaspApi, rule } from "../../rule.ts";

export default rule({
  name: "athena-scan-limit",
  description: "A workgroup must limit what one query may scan",
  severity: "low",
  references: [awsControl("Athena data usage controls"), owaspApi("API4")],
  remediation: "Set configuration.bytesScannedCutoffPerQuery",
  url: "https://docs.aws.amazon.com/athena/latest/ug/workgroups-setting-control-limits-cloudwatch.html",
  appliesTo: ["aws:athena/workgroup:Workgroup"],
  check: ({ props }, verdicts) => {
    const limit = props.get("configuration.bytesScannedCutoffPerQuery").number() ?? 0;
    if (limit <= 0)
      verdicts.violation(
        "one query may scan, and cost, whatever there is; set configuration.bytesScannedCutoffPerQuery",
      );
  },
});

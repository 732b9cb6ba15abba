import { awsControl, paper, rule } from "../../rule.ts";

export default rule({
  name: "athena-workgroup-enforced",
  description: "A workgroup's settings must win over its users'",
  severity: "medium",
  references: [awsControl("Athena workgroup settings"), paper("V.1")],
  remediation: "Leave configuration.enforceWorkgroupConfiguration on",
  url: "https://docs.aws.amazon.com/athena/latest/ug/workgroups-settings-override.html",
  appliesTo: ["aws:athena/workgroup:Workgroup"],
  check: ({ props }, verdicts) => {
    if (props.get("configuration.enforceWorkgroupConfiguration").flag() === false)
      verdicts.violation(
        "a user may choose another place and no encryption; set configuration.enforceWorkgroupConfiguration",
      );
  },
});

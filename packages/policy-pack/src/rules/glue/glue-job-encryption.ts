import { awsControl, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "glue-job-encryption",
  description: "A job must have a security configuration",
  severity: "medium",
  references: [awsControl("Glue encryption at rest"), owaspServerless("SAS-3")],
  remediation: "Add aws.glue.SecurityConfiguration and set securityConfiguration",
  url: "https://docs.aws.amazon.com/glue/latest/dg/encryption-security-configuration.html",
  appliesTo: ["aws:glue/job:Job"],
  check: ({ props }, verdicts) => {
    const value = props.get("securityConfiguration");
    if (!value.present || value.value === "")
      verdicts.violation("its files, logs and bookmarks are not encrypted by it; set securityConfiguration");
  },
});

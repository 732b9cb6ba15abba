import { awsControl, owaspServerless, rule } from "../../rule.ts";

const MODES = [
  ["cloudwatchEncryption", "cloudwatchEncryptionMode"],
  ["jobBookmarksEncryption", "jobBookmarksEncryptionMode"],
  ["s3Encryption", "s3EncryptionMode"],
] as const;

export default rule({
  name: "glue-security-configuration",
  description: "A security configuration must encrypt files, logs and bookmarks",
  severity: "medium",
  references: [awsControl("Glue encryption at rest"), owaspServerless("SAS-3")],
  remediation: "Set the three modes to other than DISABLED",
  url: "https://docs.aws.amazon.com/glue/latest/dg/encryption-security-configuration.html",
  appliesTo: ["aws:glue/securityConfiguration:SecurityConfiguration"],
  stack: true,
  check: ({ props, stack }, verdicts) => {
    // Logs and bookmarks have no mode but KMS's: without it CloudWatch's own key encrypts the logs, and Glue's the bookmarks.
    const hasKey = stack.ofType("aws:kms/key:Key").length > 0;
    const asked = MODES.filter(([part]) => part === "s3Encryption" || hasKey);
    verdicts.each(asked, ([part, mode]) => {
      const value = props.get(`encryptionConfiguration.${part}.${mode}`).text() ?? "DISABLED";
      if (value === "DISABLED") verdicts.violation(`it leaves ${part} as it is; set its ${mode}`, { key: part });
    });
  },
});

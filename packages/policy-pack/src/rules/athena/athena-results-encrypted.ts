import { awsControl, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "athena-results-encrypted",
  description: "A workgroup's results must be encrypted",
  severity: "medium",
  references: [awsControl("Athena encryption at rest"), owaspServerless("SAS-3")],
  remediation: "Set configuration.resultConfiguration.encryptionConfiguration",
  url: "https://docs.aws.amazon.com/athena/latest/ug/encrypting-query-results-stored-in-s3.html",
  appliesTo: ["aws:athena/workgroup:Workgroup"],
  check: ({ props }, verdicts) => {
    const configuration = props.at("configuration");
    if (configuration.get("managedQueryResultsConfiguration.enabled").flag() === true) return;
    if (!configuration.get("resultConfiguration.encryptionConfiguration").present) {
      verdicts.violation(
        "what its queries find lies unencrypted; set configuration.resultConfiguration.encryptionConfiguration",
      );
    }
  },
});

import { awsControl, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "lambda-code-signing",
  description: "A code signing configuration must refuse code that is not signed",
  severity: "high",
  references: [awsControl("Lambda code signing"), owaspServerless("SAS-9"), paper("III.1.D")],
  remediation: "Set policies.untrustedArtifactOnDeployment to Enforce",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html",
  appliesTo: ["aws:lambda/codeSigningConfig:CodeSigningConfig"],
  check: ({ props }, verdicts) => {
    if (props.get("policies.untrustedArtifactOnDeployment").text() !== "Enforce")
      verdicts.violation(
        "code that nobody signed is warned of and deployed; set policies.untrustedArtifactOnDeployment to Enforce",
      );
  },
});

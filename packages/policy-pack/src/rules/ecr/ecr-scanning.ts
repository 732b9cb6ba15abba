import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "ecr-scanning",
  description: "A repository must scan its images",
  severity: "high",
  references: [fsbp("ECR.1"), owaspServerless("SAS-9")],
  remediation: "Set imageScanningConfiguration.scanOnPush to true",
  url: controlUrl("ecr"),
  appliesTo: ["aws:ecr/repository:Repository"],
  check: ({ props }, verdicts) => {
    if (props.get("imageScanningConfiguration.scanOnPush").flag() !== true)
      verdicts.violation("nobody looks at its images; set imageScanningConfiguration.scanOnPush");
  },
});

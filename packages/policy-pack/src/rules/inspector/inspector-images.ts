import { scanningCheck } from "../../inspector.ts";
import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "inspector-images",
  description: "Inspector must scan images",
  severity: "high",
  references: [fsbp("Inspector.2"), owaspServerless("SAS-9")],
  remediation: "Add ECR to resourceTypes",
  url: controlUrl("inspector"),
  appliesTo: ["aws:inspector2/enabler:Enabler"],
  stack: true,
  check: scanningCheck("ECR", ["aws:ecr/repository:Repository"]),
});

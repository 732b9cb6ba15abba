import { scanningCheck } from "../../inspector.ts";
import { controlUrl, fsbp, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "inspector-lambda-code",
  description: "Inspector must scan the functions' code",
  severity: "high",
  references: [fsbp("Inspector.3"), owaspServerless("SAS-9"), paper("III.2.E")],
  remediation: "Add LAMBDA_CODE to resourceTypes",
  url: controlUrl("inspector"),
  appliesTo: ["aws:inspector2/enabler:Enabler"],
  check: scanningCheck("LAMBDA_CODE"),
});

import { scanningCheck } from "../../inspector.ts";
import { controlUrl, fsbp, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "inspector-lambda",
  description: "Inspector must scan functions",
  severity: "high",
  references: [fsbp("Inspector.4"), owaspServerless("SAS-9"), paper("III.2.E")],
  remediation: "Add LAMBDA to resourceTypes",
  url: controlUrl("inspector"),
  appliesTo: ["aws:inspector2/enabler:Enabler"],
  check: scanningCheck("LAMBDA"),
});

import { scanningCheck } from "../../inspector.ts";
import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "inspector-instances",
  description: "Inspector must scan instances",
  severity: "high",
  references: [fsbp("Inspector.1"), owaspServerless("SAS-9")],
  remediation: "Add EC2 to resourceTypes",
  url: controlUrl("inspector"),
  appliesTo: ["aws:inspector2/enabler:Enabler"],
  stack: true,
  check: scanningCheck("EC2", ["aws:ec2/instance:Instance"]),
});

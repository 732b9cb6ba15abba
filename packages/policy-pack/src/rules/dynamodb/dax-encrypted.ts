import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "dax-encrypted",
  description: "A DAX cluster must be encrypted at rest",
  severity: "medium",
  references: [fsbp("DynamoDB.3"), owaspServerless("SAS-3")],
  remediation: "Set serverSideEncryption.enabled to true",
  url: controlUrl("dynamodb"),
  appliesTo: ["aws:dax/cluster:Cluster"],
  check: ({ props }, verdicts) => {
    if (props.get("serverSideEncryption.enabled").flag() !== true)
      verdicts.violation("what it caches is not encrypted; set serverSideEncryption.enabled");
  },
});

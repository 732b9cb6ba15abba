import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "dax-tls",
  description: "A DAX cluster must answer by TLS",
  severity: "medium",
  references: [fsbp("DynamoDB.7"), owaspServerless("SAS-3")],
  remediation: "Set clusterEndpointEncryptionType to TLS",
  url: controlUrl("dynamodb"),
  appliesTo: ["aws:dax/cluster:Cluster"],
  check: ({ props }, verdicts) => {
    if (props.at("clusterEndpointEncryptionType").text() !== "TLS")
      verdicts.violation("it talks in plain text; set clusterEndpointEncryptionType to TLS");
  },
});

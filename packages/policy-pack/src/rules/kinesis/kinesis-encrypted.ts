import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "kinesis-encrypted",
  description: "A stream must be encrypted",
  severity: "medium",
  references: [fsbp("Kinesis.1"), owaspServerless("SAS-3")],
  remediation: "Set encryptionType to KMS and kmsKeyId",
  url: controlUrl("kinesis"),
  appliesTo: ["aws:kinesis/stream:Stream"],
  check: ({ props }, verdicts) => {
    if (props.at("encryptionType").text() !== "KMS")
      verdicts.violation("what is in it is not encrypted; set encryptionType to KMS");
  },
});

import { cis, controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "rds-encrypted",
  description: "A database's storage must be encrypted",
  severity: "high",
  references: [fsbp("RDS.3"), fsbp("RDS.27"), cis("RDS.3"), owaspServerless("SAS-3")],
  remediation: "Set storageEncrypted to true; changing it replaces the database",
  url: controlUrl("rds"),
  appliesTo: ["aws:rds/cluster:Cluster", "aws:rds/instance:Instance"],
  check: ({ props }, verdicts) => {
    if (props.at("snapshotIdentifier").present && !props.at("storageEncrypted").present) {
      return verdicts.notEvaluated("storageEncrypted: is the snapshot's");
    }
    if (props.at("storageEncrypted").flag() !== true)
      verdicts.violation("its storage is not encrypted; set storageEncrypted");
  },
});

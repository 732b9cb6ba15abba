import { cis, controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "cloudtrail-encrypted",
  description: "A trail must be encrypted with a key of the account's",
  severity: "medium",
  references: [fsbp("CloudTrail.2"), cis("CloudTrail.2")],
  remediation: "Set kmsKeyId",
  url: controlUrl("cloudtrail"),
  appliesTo: ["aws:cloudtrail/trail:Trail"],
  check: ({ props }, verdicts) => {
    if (props.at("enableLogging").flag() === false) return verdicts.notApplicable("the trail is off");
    if (!props.at("kmsKeyId").present)
      verdicts.violation("its files are not encrypted with a key of yours; set kmsKeyId");
  },
});

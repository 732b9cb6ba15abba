import { awsControl, cis, controlUrl, rule } from "../../rule.ts";

export default rule({
  name: "kms-rotation",
  description: "A symmetric key must be rotated",
  severity: "medium",
  references: [awsControl("KMS.4"), cis("KMS.4")],
  remediation: "Set enableKeyRotation to true",
  url: controlUrl("kms"),
  appliesTo: ["aws:kms/key:Key"],
  check: ({ props }, verdicts) => {
    const spec = props.at("customerMasterKeySpec").text() ?? "SYMMETRIC_DEFAULT";
    if (spec !== "SYMMETRIC_DEFAULT") return verdicts.notApplicable(`AWS does not rotate keys of the kind ${spec}`);
    if (props.at("enableKeyRotation").flag() !== true) verdicts.violation("it is never rotated; set enableKeyRotation");
  },
});

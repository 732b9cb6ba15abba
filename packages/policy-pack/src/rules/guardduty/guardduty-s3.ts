import { featureCheck } from "../../guardduty.ts";
import { controlUrl, fsbp, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "guardduty-s3",
  description: "GuardDuty must watch what is done with objects",
  severity: "high",
  references: [fsbp("GuardDuty.10"), paper("IV.2.C"), owaspServerless("SAS-10")],
  remediation: "Add aws.guardduty.DetectorFeature with the name S3_DATA_EVENTS and the status ENABLED",
  url: controlUrl("guardduty"),
  appliesTo: ["aws:guardduty/detector:Detector"],
  stack: true,
  check: featureCheck("watch what is done with objects", ["S3_DATA_EVENTS"]),
});

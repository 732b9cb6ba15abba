import { featureCheck } from "../../guardduty.ts";
import { controlUrl, fsbp, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "guardduty-lambda",
  description: "GuardDuty must watch the functions' traffic",
  severity: "high",
  references: [fsbp("GuardDuty.6"), paper("IV.2.A"), owaspServerless("SAS-10")],
  remediation: "Add aws.guardduty.DetectorFeature with the name LAMBDA_NETWORK_LOGS and the status ENABLED",
  url: controlUrl("guardduty"),
  appliesTo: ["aws:guardduty/detector:Detector"],
  stack: true,
  check: featureCheck("watch the functions' traffic", ["LAMBDA_NETWORK_LOGS"]),
});

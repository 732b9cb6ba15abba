import { featureCheck } from "../../guardduty.ts";
import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "guardduty-rds",
  description: "GuardDuty must watch sign-ins to databases",
  severity: "high",
  references: [fsbp("GuardDuty.9"), owaspServerless("SAS-10")],
  remediation: "Add aws.guardduty.DetectorFeature with the name RDS_LOGIN_EVENTS and the status ENABLED",
  url: controlUrl("guardduty"),
  appliesTo: ["aws:guardduty/detector:Detector"],
  stack: true,
  check: featureCheck("watch sign-ins to databases", ["RDS_LOGIN_EVENTS"]),
});

import { featureCheck } from "../../guardduty.ts";
import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "guardduty-runtime",
  description: "GuardDuty must watch what runs in containers and instances",
  severity: "high",
  references: [
    fsbp("GuardDuty.7"),
    fsbp("GuardDuty.11"),
    fsbp("GuardDuty.12"),
    fsbp("GuardDuty.13"),
    owaspServerless("SAS-10"),
  ],
  remediation: "Add aws.guardduty.DetectorFeature with the name RUNTIME_MONITORING and the status ENABLED",
  url: controlUrl("guardduty"),
  appliesTo: ["aws:guardduty/detector:Detector"],
  stack: true,
  check: featureCheck(
    "watch what runs in containers and instances",
    ["RUNTIME_MONITORING", "EKS_RUNTIME_MONITORING"],
    ["aws:ec2/instance:Instance", "aws:ecs/service:Service", "aws:eks/cluster:Cluster"],
  ),
});

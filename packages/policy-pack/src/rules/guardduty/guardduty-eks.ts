import { featureCheck } from "../../guardduty.ts";
import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "guardduty-eks",
  description: "GuardDuty must watch Kubernetes' audit logs",
  severity: "high",
  references: [fsbp("GuardDuty.5"), owaspServerless("SAS-10")],
  remediation: "Add aws.guardduty.DetectorFeature with the name EKS_AUDIT_LOGS and the status ENABLED",
  url: controlUrl("guardduty"),
  appliesTo: ["aws:guardduty/detector:Detector"],
  stack: true,
  check: featureCheck("watch Kubernetes' audit logs", ["EKS_AUDIT_LOGS"], ["aws:eks/cluster:Cluster"]),
});

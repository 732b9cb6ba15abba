import rule from "../../../src/rules/guardduty/guardduty-eks.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "absent",
    {},
    [
      "it does not watch Kubernetes' audit logs; add aws.guardduty.DetectorFeature EKS_AUDIT_LOGS with the status ENABLED",
    ],
    { others: [resource("aws:eks/cluster:Cluster", "a", {})] },
  ],
  [
    "violates",
    "boundary: off",
    {},
    [
      "it does not watch Kubernetes' audit logs; add aws.guardduty.DetectorFeature EKS_AUDIT_LOGS with the status ENABLED",
    ],
    {
      others: [
        resource("aws:eks/cluster:Cluster", "a", {}),
        resource("aws:guardduty/detectorFeature:DetectorFeature", "f", {
          name: "EKS_AUDIT_LOGS",
          status: "DISABLED",
          detectorId: "subject",
        }),
      ],
    },
  ],
  [
    "passes",
    "on",
    {},
    [],
    {
      others: [
        resource("aws:eks/cluster:Cluster", "a", {}),
        resource("aws:guardduty/detectorFeature:DetectorFeature", "f", {
          name: "EKS_AUDIT_LOGS",
          status: "ENABLED",
          detectorId: "subject",
        }),
      ],
    },
  ],
  [
    "not evaluated",
    "unknown",
    {},
    ["status of the feature f: is not known before deployment"],
    {
      others: [
        resource("aws:eks/cluster:Cluster", "a", {}),
        resource("aws:guardduty/detectorFeature:DetectorFeature", "f", {
          name: "EKS_AUDIT_LOGS",
          status: UNKNOWN,
          detectorId: "subject",
        }),
      ],
    },
  ],
  ["not applicable", "the detector is off", { enable: false }, ["the detector is off"]],
  ["not applicable", "nothing to watch", {}, ["the stack has nothing of the kind"]],
]);

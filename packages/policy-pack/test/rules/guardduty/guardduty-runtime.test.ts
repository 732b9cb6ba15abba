import rule from "../../../src/rules/guardduty/guardduty-runtime.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "absent",
    {},
    [
      "it does not watch what runs in containers and instances; add aws.guardduty.DetectorFeature RUNTIME_MONITORING with the status ENABLED",
    ],
    { others: [resource("aws:ec2/instance:Instance", "a", {})] },
  ],
  [
    "violates",
    "boundary: off",
    {},
    [
      "it does not watch what runs in containers and instances; add aws.guardduty.DetectorFeature RUNTIME_MONITORING with the status ENABLED",
    ],
    {
      others: [
        resource("aws:ec2/instance:Instance", "a", {}),
        resource("aws:guardduty/detectorFeature:DetectorFeature", "f", {
          name: "RUNTIME_MONITORING",
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
        resource("aws:ec2/instance:Instance", "a", {}),
        resource("aws:guardduty/detectorFeature:DetectorFeature", "f", {
          name: "RUNTIME_MONITORING",
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
        resource("aws:ec2/instance:Instance", "a", {}),
        resource("aws:guardduty/detectorFeature:DetectorFeature", "f", {
          name: "RUNTIME_MONITORING",
          status: UNKNOWN,
          detectorId: "subject",
        }),
      ],
    },
  ],
  ["not applicable", "the detector is off", { enable: false }, ["the detector is off"]],
  ["not applicable", "nothing to watch", {}, ["the stack has nothing of the kind"]],
]);

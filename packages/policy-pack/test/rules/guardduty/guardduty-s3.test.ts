import rule from "../../../src/rules/guardduty/guardduty-s3.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "absent",
    {},
    [
      "it does not watch what is done with objects; add aws.guardduty.DetectorFeature S3_DATA_EVENTS with the status ENABLED",
    ],
    { others: [] },
  ],
  [
    "violates",
    "boundary: off",
    {},
    [
      "it does not watch what is done with objects; add aws.guardduty.DetectorFeature S3_DATA_EVENTS with the status ENABLED",
    ],
    {
      others: [
        resource("aws:guardduty/detectorFeature:DetectorFeature", "f", {
          name: "S3_DATA_EVENTS",
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
        resource("aws:guardduty/detectorFeature:DetectorFeature", "f", {
          name: "S3_DATA_EVENTS",
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
        resource("aws:guardduty/detectorFeature:DetectorFeature", "f", {
          name: "S3_DATA_EVENTS",
          status: UNKNOWN,
          detectorId: "subject",
        }),
      ],
    },
  ],
  ["not applicable", "the detector is off", { enable: false }, ["the detector is off"]],
]);

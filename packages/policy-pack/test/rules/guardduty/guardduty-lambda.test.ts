import rule from "../../../src/rules/guardduty/guardduty-lambda.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "absent",
    {},
    [
      "it does not watch the functions' traffic; add aws.guardduty.DetectorFeature LAMBDA_NETWORK_LOGS with the status ENABLED",
    ],
    { others: [] },
  ],
  [
    "violates",
    "boundary: off",
    {},
    [
      "it does not watch the functions' traffic; add aws.guardduty.DetectorFeature LAMBDA_NETWORK_LOGS with the status ENABLED",
    ],
    {
      others: [
        resource("aws:guardduty/detectorFeature:DetectorFeature", "f", {
          name: "LAMBDA_NETWORK_LOGS",
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
          name: "LAMBDA_NETWORK_LOGS",
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
          name: "LAMBDA_NETWORK_LOGS",
          status: UNKNOWN,
          detectorId: "subject",
        }),
      ],
    },
  ],
  ["not applicable", "the detector is off", { enable: false }, ["the detector is off"]],
]);

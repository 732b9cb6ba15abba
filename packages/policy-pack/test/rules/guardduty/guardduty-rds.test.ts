import rule from "../../../src/rules/guardduty/guardduty-rds.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "absent",
    {},
    [
      "it does not watch sign-ins to databases; add aws.guardduty.DetectorFeature RDS_LOGIN_EVENTS with the status ENABLED",
    ],
    { others: [] },
  ],
  [
    "violates",
    "boundary: off",
    {},
    [
      "it does not watch sign-ins to databases; add aws.guardduty.DetectorFeature RDS_LOGIN_EVENTS with the status ENABLED",
    ],
    {
      others: [
        resource("aws:guardduty/detectorFeature:DetectorFeature", "f", {
          name: "RDS_LOGIN_EVENTS",
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
          name: "RDS_LOGIN_EVENTS",
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
          name: "RDS_LOGIN_EVENTS",
          status: UNKNOWN,
          detectorId: "subject",
        }),
      ],
    },
  ],
  [
    "passes",
    "the floor is lowered by the detector's tag",
    { tags: { "palisade:lowered:guardduty-rds-login-events": "the account has no database" } },
  ],
  [
    "violates",
    "the floor of another feature is lowered",
    { tags: { "palisade:lowered:guardduty-s3-data-events": "the account has no bucket" } },
    [
      "it does not watch sign-ins to databases; add aws.guardduty.DetectorFeature RDS_LOGIN_EVENTS with the status ENABLED",
    ],
  ],
  ["not applicable", "the detector is off", { enable: false }, ["the detector is off"]],
]);

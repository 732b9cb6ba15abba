import rule from "../../../src/rules/cloudtrail/cloudtrail-object-reads.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "management events alone",
    {},
    ["it does not record reads of objects; add a selector of data events for AWS::S3::Object"],
  ],
  [
    "violates",
    "boundary: the other kind alone",
    {
      advancedEventSelectors: [
        {
          fieldSelectors: [
            { field: "eventCategory", equals: ["Data"] },
            { field: "resources.type", equals: ["AWS::S3::Object"] },
            { field: "readOnly", equals: ["false"] },
          ],
        },
      ],
    },
    ["it does not record reads of objects; add a selector of data events for AWS::S3::Object"],
  ],
  [
    "passes",
    "both kinds",
    {
      advancedEventSelectors: [
        {
          fieldSelectors: [
            { field: "eventCategory", equals: ["Data"] },
            { field: "resources.type", equals: ["AWS::S3::Object"] },
          ],
        },
      ],
    },
  ],
  [
    "passes",
    "its kind alone",
    {
      advancedEventSelectors: [
        {
          fieldSelectors: [
            { field: "eventCategory", equals: ["Data"] },
            { field: "resources.type", equals: ["AWS::S3::Object"] },
            { field: "readOnly", equals: ["true"] },
          ],
        },
      ],
    },
  ],
  [
    "passes",
    "a basic selector",
    {
      eventSelectors: [
        { readWriteType: "ReadOnly", dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }] },
      ],
    },
  ],
  [
    "violates",
    "a basic selector of the other kind",
    {
      eventSelectors: [
        { readWriteType: "WriteOnly", dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }] },
      ],
    },
    ["it does not record reads of objects; add a selector of data events for AWS::S3::Object"],
  ],
  [
    "not evaluated",
    "unknown",
    { advancedEventSelectors: UNKNOWN },
    ["advancedEventSelectors: is not known before deployment"],
  ],
]);

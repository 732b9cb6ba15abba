import rule from "../../../src/rules/cloudfront/cloudfront-logging.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "neither",
    {},
    ["its requests leave no trace; set loggingConfig or add aws.cloudwatch.LogDeliverySource"],
  ],
  [
    "violates",
    "boundary: a configuration without a bucket",
    { loggingConfig: { includeCookies: false } },
    ["its requests leave no trace; set loggingConfig or add aws.cloudwatch.LogDeliverySource"],
  ],
  ["passes", "to a bucket", { loggingConfig: { includeCookies: false, bucket: UNKNOWN } }],
  [
    "passes",
    "by a delivery",
    {},
    [],
    {
      others: [
        resource(
          "aws:cloudwatch/logDeliverySource:LogDeliverySource",
          "logs",
          { resourceArn: UNKNOWN },
          {
            dependencies: {
              resourceArn: ["urn:pulumi:stack::project::aws:cloudfront/distribution:Distribution::subject"],
            },
          },
        ),
      ],
    },
  ],
  ["not evaluated", "unknown", { loggingConfig: UNKNOWN }, ["loggingConfig: is not known before deployment"]],
]);

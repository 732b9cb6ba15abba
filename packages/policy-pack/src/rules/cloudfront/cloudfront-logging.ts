import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "cloudfront-logging",
  description: "A distribution must log its requests",
  severity: "medium",
  references: [fsbp("CloudFront.5"), owaspServerless("SAS-10")],
  remediation: "Set loggingConfig.bucket, or add an aws.cloudwatch.LogDeliverySource for it",
  url: controlUrl("cloudfront"),
  appliesTo: ["aws:cloudfront/distribution:Distribution"],
  stack: true,
  check: ({ resource, props, stack }, verdicts) => {
    if (props.get("loggingConfig.bucket").present) return;
    if (stack.referring("aws:cloudwatch/logDeliverySource:LogDeliverySource", "resourceArn", resource).length > 0)
      return;
    verdicts.violation("its requests leave no trace; set loggingConfig or add aws.cloudwatch.LogDeliverySource");
  },
});

import { Reader } from "../../reader.ts";
import { awsControl, controlUrl, owaspServerless, rule } from "../../rule.ts";

const TYPES = [
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2",
];

function isEnough(props: Reader): boolean {
  return props.get("rule.defaultRetention").present;
}

export default rule({
  name: "s3-object-lock",
  description: "A bucket with a trail's files must have Object Lock",
  severity: "medium",
  references: [awsControl("S3.15"), owaspServerless("SAS-10")],
  remediation: "Add aws.s3.BucketObjectLockConfiguration with a default retention",
  url: controlUrl("s3"),
  appliesTo: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"],
  stack: true,
  check: ({ resource, stack }, verdicts) => {
    if (stack.referring("aws:cloudtrail/trail:Trail", "s3BucketName", resource).length === 0)
      return verdicts.notApplicable("no trail writes to it");
    for (const type of TYPES) {
      for (const { props } of stack.referring(type, "bucket", resource)) {
        if (isEnough(new Reader(props))) return;
      }
    }
    verdicts.violation(
      "who administers the account may change what the trail wrote; add aws.s3.BucketObjectLockConfiguration",
    );
  },
});

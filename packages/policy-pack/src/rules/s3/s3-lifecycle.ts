import { Reader } from "../../reader.ts";
import { controlUrl, fsbp, rule } from "../../rule.ts";

const TYPES = [
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
];

function isEnough(props: Reader): boolean {
  return props
    .at("rules")
    .list()
    .some((each) => each.at("status").text() === "Enabled");
}

export default rule({
  name: "s3-lifecycle",
  description: "A bucket must have a lifecycle rule",
  severity: "low",
  references: [fsbp("S3.13")],
  remediation: "Add aws.s3.BucketLifecycleConfiguration with a rule that is Enabled",
  url: controlUrl("s3"),
  appliesTo: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"],
  stack: true,
  check: ({ resource, stack }, verdicts) => {
    for (const type of TYPES) {
      for (const { props } of stack.referring(type, "bucket", resource)) {
        if (isEnough(new Reader(props))) return;
      }
    }
    verdicts.violation("nothing in it ever ends; add aws.s3.BucketLifecycleConfiguration");
  },
});

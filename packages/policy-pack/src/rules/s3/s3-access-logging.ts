import { Reader } from "../../reader.ts";
import { awsControl, cis, controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

const TYPES = ["aws:s3/bucketLogging:BucketLogging", "aws:s3/bucketLoggingV2:BucketLoggingV2"];

function isEnough(props: Reader): boolean {
  return props.at("targetBucket").present && props.at("targetBucket").value !== "";
}

export default rule({
  name: "s3-access-logging",
  description: "A bucket must log the requests to it",
  severity: "medium",
  references: [fsbp("S3.9"), awsControl("CloudTrail.7"), cis("CloudTrail.7"), owaspServerless("SAS-10")],
  remediation: "Add aws.s3.BucketLogging with another bucket as the target",
  url: controlUrl("s3"),
  appliesTo: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"],
  stack: true,
  check: ({ resource, stack }, verdicts) => {
    if (TYPES.some((type) => stack.referring(type, "targetBucket", resource).length > 0))
      return verdicts.notApplicable("it takes the access logs of others");
    for (const type of TYPES) {
      for (const { props } of stack.referring(type, "bucket", resource)) {
        if (isEnough(new Reader(props))) return;
      }
    }
    verdicts.violation("requests to it leave no trace; add aws.s3.BucketLogging");
  },
});

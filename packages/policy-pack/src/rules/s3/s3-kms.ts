import { Reader } from "../../reader.ts";
import { awsControl, controlUrl, owaspServerless, rule } from "../../rule.ts";

const TYPES = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
];

function isEnough(props: Reader): boolean {
  return props
    .at("rules")
    .list()
    .some((each) => /^aws:kms/.test(each.get("applyServerSideEncryptionByDefault.sseAlgorithm").text() ?? ""));
}

const LOGGING = ["aws:s3/bucketLogging:BucketLogging", "aws:s3/bucketLoggingV2:BucketLoggingV2"];

export default rule({
  name: "s3-kms",
  description: "A bucket must be encrypted with a key of KMS's",
  severity: "low",
  references: [awsControl("S3.17"), owaspServerless("SAS-3")],
  remediation: "Add aws.s3.BucketServerSideEncryptionConfiguration with aws:kms",
  url: controlUrl("s3"),
  appliesTo: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"],
  stack: true,
  check: ({ resource, stack }, verdicts) => {
    // S3 writes access logs only to a bucket with its own key:
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
    if (LOGGING.some((type) => stack.referring(type, "targetBucket", resource).length > 0)) {
      return verdicts.notApplicable("it takes the access logs of others");
    }
    if (stack.ofType("aws:kms/key:Key").length === 0) return verdicts.notApplicable("the stack has no key of its own");
    for (const type of TYPES) {
      for (const { props } of stack.referring(type, "bucket", resource)) {
        if (isEnough(new Reader(props))) return;
      }
    }
    verdicts.violation(
      "it is encrypted with S3's key alone; add aws.s3.BucketServerSideEncryptionConfiguration with aws:kms",
    );
  },
});

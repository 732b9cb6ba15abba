import { Reader } from "../../reader.ts";
import { cis, controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

const TYPES = ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"];

export default rule({
  name: "s3-public-access-block",
  description: "A bucket must block public access in all four ways",
  severity: "critical",
  references: [fsbp("S3.1"), fsbp("S3.8"), cis("S3.1"), cis("S3.8"), owaspServerless("SAS-3")],
  remediation: "Add aws.s3.BucketPublicAccessBlock with all four settings true",
  url: controlUrl("s3"),
  appliesTo: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"],
  stack: true,
  check: ({ resource, stack }, verdicts) => {
    for (const type of TYPES) {
      for (const { props } of stack.referring(type, "bucket", resource)) {
        if (isEnough(new Reader(props))) return;
      }
    }
    verdicts.violation("public access is not blocked; add aws.s3.BucketPublicAccessBlock");
  },
});

function isEnough(props: Reader): boolean {
  const settings = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];
  return settings.every((setting) => props.at(setting).flag() === true);
}

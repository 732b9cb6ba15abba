import { Reader } from "../../reader.ts";
import { awsControl, controlUrl, rule } from "../../rule.ts";

const TYPES = ["aws:s3/bucketVersioning:BucketVersioning", "aws:s3/bucketVersioningV2:BucketVersioningV2"];

export default rule({
  name: "s3-versioning",
  description: "A bucket must keep earlier versions",
  severity: "low",
  references: [awsControl("S3.14")],
  remediation: "Add aws.s3.BucketVersioning with the status Enabled",
  url: controlUrl("s3"),
  appliesTo: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"],
  stack: true,
  check: ({ resource, stack }, verdicts) => {
    for (const type of TYPES) {
      for (const { props } of stack.referring(type, "bucket", resource)) {
        if (isEnough(new Reader(props))) return;
      }
    }
    verdicts.violation("an overwritten object is lost; add aws.s3.BucketVersioning");
  },
});

function isEnough(props: Reader): boolean {
  return props.get("versioningConfiguration.status").text() === "Enabled";
}

import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "s3-no-acl",
  description: "A bucket must not be shared by ACLs",
  severity: "medium",
  references: [fsbp("S3.12"), fsbp("S3.2"), fsbp("S3.3")],
  remediation: "Take the ACL out; share by the bucket's policy",
  url: controlUrl("s3"),
  appliesTo: [
    "aws:s3/bucketAcl:BucketAcl",
    "aws:s3/bucketAclV2:BucketAclV2",
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketV2:BucketV2",
  ],
  check: ({ props }, verdicts) => {
    const acl = props.at("acl").text() ?? "private";
    if (acl !== "private") verdicts.violation(`the ACL ${acl} shares it; use the bucket's policy`);
    if (props.at("accessControlPolicy").present) verdicts.violation("an ACL shares it; use the bucket's policy");
  },
});

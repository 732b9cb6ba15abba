import { publicPolicyCheck } from "../../policies.ts";
import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "s3-policy-public",
  description: "A bucket's policy must not let everyone in",
  severity: "critical",
  references: [fsbp("S3.2"), fsbp("S3.3"), fsbp("S3.6"), owaspServerless("SAS-3")],
  remediation: "Name the principals; serve public files through CloudFront",
  url: controlUrl("s3"),
  appliesTo: ["aws:s3/bucketPolicy:BucketPolicy", "aws:s3/bucket:Bucket"],
  check: publicPolicyCheck("policy", "into the bucket"),
});

import { readStatement, statementsOf } from "../../policy-document.ts";
import { Reader } from "../../reader.ts";
import { cis, controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

const TYPES = ["aws:s3/bucketPolicy:BucketPolicy"];

export default rule({
  name: "s3-tls-only",
  description: "A bucket must refuse requests without TLS",
  severity: "high",
  references: [fsbp("S3.5"), cis("S3.5"), owaspServerless("SAS-3")],
  remediation: "Deny every action to everyone where aws:SecureTransport is false, in the bucket's policy",
  url: controlUrl("s3"),
  appliesTo: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"],
  stack: true,
  check: ({ resource, stack }, verdicts) => {
    for (const type of TYPES) {
      for (const { props } of stack.referring(type, "bucket", resource)) {
        if (isEnough(new Reader(props))) return;
      }
    }
    verdicts.violation("requests without TLS are answered; deny them in its policy");
  },
});

function isEnough(props: Reader): boolean {
  return statementsOf(props.at("policy")).some((statement, position) => {
    const { allows, everyone, actions, conditions } = readStatement(statement, position);
    const insecure = conditions.get("Bool").at("aws:SecureTransport");
    return !allows && everyone && actions.some((action) => /^(?:s3:)?\*$/i.test(action)) && insecure.flag() === false;
  });
}

import { matchesAction } from "../../policy-document.ts";
import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

/** What S3.6 looks for. */
const RISKY = [
  "s3:DeleteBucketPolicy",
  "s3:PutBucketAcl",
  "s3:PutBucketPolicy",
  "s3:PutEncryptionConfiguration",
  "s3:PutObjectAcl",
];

export default rule({
  name: "s3-policy-cross-account",
  description: "A bucket's policy must not let other accounts change its settings",
  severity: "high",
  references: [fsbp("S3.6"), owaspServerless("SAS-5")],
  remediation: "Take the actions out of the statement, or name your own principals",
  url: controlUrl("s3"),
  appliesTo: ["aws:s3/bucketPolicy:BucketPolicy"],
  check: ({ props }, verdicts) => {
    verdicts.each(props.at("policy").json().at("Statement").list(), (statement) => {
      if (statement.at("Effect").text() !== "Allow") return;
      const principals = statement.at("Principal").value === "*" ? ["*"] : statement.at("Principal").at("AWS").texts();
      if (principals.length === 0) return;
      const risky = RISKY.filter((action) =>
        statement
          .at("Action")
          .texts()
          .some((pattern) => matchesAction(pattern, action)),
      );
      const label = statement.at("Sid").text() ?? "";
      if (risky.length > 0)
        verdicts.violation(
          `statement ${label} lets ${principals.join(", ")} do ${risky.join(", ")}; take them out, or use a role's policy`,
          { key: label },
        );
    });
  },
});

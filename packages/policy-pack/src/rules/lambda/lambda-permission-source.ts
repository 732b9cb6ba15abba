import { fsbp, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "lambda-permission-source",
  description: "A permission for an AWS service must name the source: the confused deputy",
  severity: "high",
  references: [fsbp("Lambda.1"), owaspServerless("SAS-5"), paper("III.2.A")],
  remediation: "Set sourceArn to the API's, topic's or rule's ARN; for S3 also sourceAccount",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html",
  appliesTo: ["aws:lambda/permission:Permission"],
  check: ({ props }, verdicts) => {
    const principal = props.at("principal").text() ?? "";
    if (!/\.amazonaws\.com(\.cn)?$/.test(principal)) return verdicts.notApplicable("the principal is no AWS service");
    if (!props.at("sourceArn").present) {
      verdicts.violation(`${principal} may call the function on anyone's behalf; set sourceArn`);
      // A bucket's ARN names no account, and a deleted bucket's name can be taken by another.
    } else if (principal.startsWith("s3.") && !props.at("sourceAccount").present) {
      verdicts.violation("a bucket's ARN names no account; set sourceAccount too");
    }
  },
});

import { awsControl, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "lambda-code-signed",
  description: "Where a stack signs code, every function must take signed code alone",
  severity: "medium",
  references: [awsControl("Lambda code signing"), owaspServerless("SAS-9"), paper("III.1.D")],
  remediation: "Set codeSigningConfigArn",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html",
  appliesTo: ["aws:lambda/function:Function"],
  stack: true,
  check: ({ props, stack }, verdicts) => {
    // Lambda signs archives alone: docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
    if (props.at("packageType").text() === "Image")
      return verdicts.notApplicable("an image cannot be signed for Lambda");
    if (stack.ofType("aws:lambda/codeSigningConfig:CodeSigningConfig").length === 0)
      return verdicts.notApplicable("the stack signs no code");
    if (!props.at("codeSigningConfigArn").present)
      verdicts.violation("it takes code that nobody signed, beside functions that do not; set codeSigningConfigArn");
  },
});

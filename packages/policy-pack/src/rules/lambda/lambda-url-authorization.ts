import { fsbp, owaspApi, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "lambda-url-authorization",
  description: "A function's URL must ask for IAM",
  severity: "critical",
  references: [fsbp("Lambda.1"), owaspApi("API2"), owaspServerless("SAS-2")],
  remediation: "Set authorizationType to AWS_IAM, or put an API in front",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
  appliesTo: ["aws:lambda/functionUrl:FunctionUrl"],
  check: ({ props }, verdicts) => {
    if (props.at("authorizationType").text() !== "AWS_IAM") {
      verdicts.violation("anyone on the internet may call the URL; set authorizationType to AWS_IAM");
    }
  },
});

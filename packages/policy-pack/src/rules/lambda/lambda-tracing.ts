import { awsControl, controlUrl, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "lambda-tracing",
  description: "A function must be traced",
  severity: "low",
  references: [awsControl("Lambda.7"), owaspServerless("SAS-10")],
  remediation: "Set tracingConfig.mode to Active",
  url: controlUrl("lambda"),
  appliesTo: ["aws:lambda/function:Function"],
  check: ({ props }, verdicts) => {
    if (props.get("tracingConfig.mode").text() !== "Active") {
      verdicts.violation("it is not traced; set tracingConfig.mode to Active");
    }
  },
});

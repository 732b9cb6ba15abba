import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "apigateway-stage-tracing",
  description: "A stage must be traced",
  severity: "low",
  references: [fsbp("APIGateway.3"), owaspServerless("SAS-10")],
  remediation: "Set xrayTracingEnabled to true",
  url: controlUrl("apigateway"),
  appliesTo: ["aws:apigateway/stage:Stage"],
  check: ({ props }, verdicts) => {
    if (props.get("xrayTracingEnabled").flag() !== true) verdicts.violation("it is not traced; set xrayTracingEnabled");
  },
});

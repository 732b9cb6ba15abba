import { controlUrl, fsbp, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "apigateway-execution-logging",
  description: "A REST API's stage must write execution logs",
  severity: "medium",
  references: [fsbp("APIGateway.1"), owaspServerless("SAS-10"), paper("III.1.B")],
  remediation: "Set settings.loggingLevel to ERROR or INFO",
  url: controlUrl("apigateway"),
  appliesTo: ["aws:apigateway/methodSettings:MethodSettings"],
  check: ({ props }, verdicts) => {
    const level = props.get("settings.loggingLevel").text() ?? "OFF";
    if (level === "OFF") verdicts.violation("execution logs are off; set settings.loggingLevel to ERROR");
  },
});

import { owaspApi, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "apigateway-no-data-trace",
  description: "Execution logs must not hold whole requests: they have tokens and personal data",
  severity: "high",
  references: [owaspApi("API8"), owaspServerless("SAS-3"), paper("V.1")],
  remediation: "Set settings.dataTraceEnabled to false",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
  appliesTo: ["aws:apigateway/methodSettings:MethodSettings"],
  check: ({ props }, verdicts) => {
    if (props.get("settings.dataTraceEnabled").flag() === true)
      verdicts.violation("whole requests, with their tokens, are logged; set settings.dataTraceEnabled to false");
  },
});

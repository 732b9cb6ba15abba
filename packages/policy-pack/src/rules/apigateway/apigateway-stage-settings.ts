import { fsbp, owaspApi, paper, rule } from "../../rule.ts";
import { UNKNOWN } from "../../unknown.ts";

export default rule({
  name: "apigateway-stage-settings",
  description: "A stage must have method settings for all its methods",
  severity: "high",
  references: [fsbp("APIGateway.1"), owaspApi("API4"), paper("III.1.B")],
  remediation: "Add an aws.apigateway.MethodSettings with methodPath */* for the stage: throttling, logs, metrics",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-stages.html",
  appliesTo: ["aws:apigateway/stage:Stage"],
  stack: true,
  check: ({ resource, stack }, verdicts) => {
    const settings = stack.referring("aws:apigateway/methodSettings:MethodSettings", "stageName", resource);
    if (settings.some(({ props }) => props.methodPath === "*/*")) return;
    if (settings.some(({ props }) => props.methodPath === UNKNOWN)) {
      return verdicts.notEvaluated("methodPath of its settings: is not known before deployment");
    }
    verdicts.violation(
      "it has no method settings for */*: no throttling, no execution logs; add aws.apigateway.MethodSettings",
    );
  },
});

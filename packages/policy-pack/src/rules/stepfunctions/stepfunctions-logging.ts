import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "stepfunctions-logging",
  description: "A state machine must log",
  severity: "medium",
  references: [fsbp("StepFunctions.1"), owaspServerless("SAS-10")],
  remediation: "Set loggingConfiguration.level and logDestination",
  url: controlUrl("stepfunctions"),
  appliesTo: ["aws:sfn/stateMachine:StateMachine"],
  check: ({ props }, verdicts) => {
    const logging = props.at("loggingConfiguration");
    if ((logging.at("level").text() ?? "OFF") === "OFF" || !logging.at("logDestination").present) {
      verdicts.violation("its executions leave no log; set loggingConfiguration.level and logDestination");
    }
  },
});

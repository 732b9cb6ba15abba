import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "eventbridge-bus-policy",
  description: "A custom event bus must have a policy of its own",
  severity: "low",
  references: [fsbp("EventBridge.3")],
  remediation: "Add aws.cloudwatch.EventBusPolicy for it",
  url: controlUrl("eventbridge"),
  appliesTo: ["aws:cloudwatch/eventBus:EventBus"],
  stack: true,
  check: ({ resource, props, stack }, verdicts) => {
    if (props.at("name").text() === "default") return verdicts.notApplicable("it is the account's own bus");
    if (stack.referring("aws:cloudwatch/eventBusPolicy:EventBusPolicy", "eventBusName", resource).length === 0) {
      verdicts.violation("nothing says who may send to it; add aws.cloudwatch.EventBusPolicy");
    }
  },
});

import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "sqs-encrypted",
  description: "A queue must be encrypted at rest",
  severity: "medium",
  references: [fsbp("SQS.1"), owaspServerless("SAS-3")],
  remediation: "Leave sqsManagedSseEnabled on, or set kmsMasterKeyId",
  url: controlUrl("sqs"),
  appliesTo: ["aws:sqs/queue:Queue"],
  check: ({ props }, verdicts) => {
    // SQS encrypts new queues with its own key unless it is told not to.
    if (props.at("kmsMasterKeyId").present || props.at("sqsManagedSseEnabled").flag() !== false) return;
    verdicts.violation("its messages are not encrypted; set sqsManagedSseEnabled to true");
  },
});

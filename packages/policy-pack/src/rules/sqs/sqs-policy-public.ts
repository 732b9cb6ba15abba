import { publicPolicyCheck } from "../../policies.ts";
import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "sqs-policy-public",
  description: "A queue's policy must not let everyone send or receive",
  severity: "critical",
  references: [fsbp("SQS.3"), owaspServerless("SAS-5")],
  remediation: "Name the principals, or add aws:SourceArn",
  url: controlUrl("sqs"),
  appliesTo: ["aws:sqs/queue:Queue", "aws:sqs/queuePolicy:QueuePolicy"],
  check: publicPolicyCheck("policy", "use the queue"),
});

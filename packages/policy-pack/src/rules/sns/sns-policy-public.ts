import { publicPolicyCheck } from "../../policies.ts";
import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "sns-policy-public",
  description: "A topic's policy must not let everyone publish or subscribe",
  severity: "critical",
  references: [fsbp("SNS.4"), owaspServerless("SAS-5")],
  remediation: "Name the principals, or add aws:SourceAccount",
  url: controlUrl("sns"),
  appliesTo: ["aws:sns/topic:Topic", "aws:sns/topicPolicy:TopicPolicy"],
  check: publicPolicyCheck("policy", "use the topic"),
});

import { awsControl, controlUrl, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "sns-encrypted",
  description: "A topic must be encrypted at rest",
  severity: "medium",
  references: [awsControl("SNS.1"), owaspServerless("SAS-3")],
  remediation: "Set kmsMasterKeyId",
  url: controlUrl("sns"),
  appliesTo: ["aws:sns/topic:Topic"],
  check: ({ props }, verdicts) => {
    if (!props.at("kmsMasterKeyId").present) verdicts.violation("its messages are not encrypted; set kmsMasterKeyId");
  },
});

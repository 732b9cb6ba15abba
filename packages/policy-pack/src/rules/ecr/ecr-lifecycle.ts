import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "ecr-lifecycle",
  description: "A repository must have a lifecycle policy",
  severity: "medium",
  references: [fsbp("ECR.3")],
  remediation: "Add aws.ecr.LifecyclePolicy for it",
  url: controlUrl("ecr"),
  appliesTo: ["aws:ecr/repository:Repository"],
  stack: true,
  check: ({ resource, stack }, verdicts) => {
    if (stack.referring("aws:ecr/lifecyclePolicy:LifecyclePolicy", "repository", resource).length === 0) {
      verdicts.violation("old images stay for ever; add aws.ecr.LifecyclePolicy");
    }
  },
});

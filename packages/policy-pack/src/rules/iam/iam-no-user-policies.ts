import { cis, controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "iam-no-user-policies",
  description: "Users must get their rights from groups or roles",
  severity: "low",
  references: [fsbp("IAM.2"), cis("IAM.2")],
  remediation: "Attach the policy to a group or a role",
  url: controlUrl("iam"),
  appliesTo: [
    "aws:iam/userPolicy:UserPolicy",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    "aws:iam/policyAttachment:PolicyAttachment",
  ],
  check: ({ resource, props }, verdicts) => {
    if (resource.type === "aws:iam/policyAttachment:PolicyAttachment" && props.at("users").list().length === 0) return;
    verdicts.violation("the policy is a user's; attach it to a group or a role");
  },
});

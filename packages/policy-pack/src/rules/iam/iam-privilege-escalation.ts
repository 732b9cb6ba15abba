import { eachAllow, IDENTITY_POLICIES } from "../../policies.ts";
import { matchesAction, type Statement } from "../../policy-document.ts";
import { owaspApi, owaspServerless, rule } from "../../rule.ts";

/** Actions by which an identity raises its own rights, as the known escalation paths list them. */
const ESCALATING = [
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreatePolicyVersion",
  "iam:DeleteRolePermissionsBoundary",
  "iam:PutGroupPolicy",
  "iam:PutRolePolicy",
  "iam:PutUserPolicy",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
  "lambda:UpdateFunctionCode",
];

export default rule({
  name: "iam-privilege-escalation",
  description: "A policy must not let its owner give itself more rights",
  severity: "critical",
  references: [owaspServerless("SAS-5"), owaspApi("API5")],
  remediation: "Take the action away, or name a resource that is not the owner's own",
  url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/permissions-management.html",
  appliesTo: Object.keys(IDENTITY_POLICIES),
  stack: true,
  check: (subject, verdicts) => {
    eachAllow(subject, verdicts, (statement) => {
      if (!statement.resources.some((resource) => /^\*$|:(?:role|user|policy|group|function)[/:]\*$/.test(resource)))
        return;
      if (isTagged(statement)) return;
      const found = ESCALATING.filter((action) => statement.actions.some((pattern) => matchesAction(pattern, action)));
      if (found.length === 0) return;
      const { label } = statement;
      verdicts.violation(
        `statement ${label} lets its owner take more rights by ${found.slice(0, 3).join(", ")}; name the resources`,
        {
          key: label,
        },
      );
    });
  },
});

/** Whether a condition names the resources by their tag. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html */
function isTagged({ conditions }: Statement): boolean {
  return conditions
    .entries()
    .filter(([operator]) => /^(?:ForAllValues:|ForAnyValue:)?String(?:Equals|Like)$/.test(operator))
    .some(([, keys]) =>
      keys.entries().some(([key, value]) => /^(?:aws|iam):ResourceTag\//i.test(key) && !value.texts().includes("*")),
    );
}

import { fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "iam-no-broad-managed-policy",
  description: "No role may have a managed policy of all of a service",
  severity: "high",
  references: [fsbp("IAM.1"), fsbp("IAM.21"), owaspServerless("SAS-5")],
  remediation: "Write a policy with the actions and resources that are needed",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  appliesTo: [
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    "aws:iam/role:Role",
  ],
  check: ({ resource, props }, verdicts) => {
    const given =
      resource.type === "aws:iam/role:Role" ? props.at("managedPolicyArns").list() : [props.at("policyArn")];
    verdicts.each(given, (policy) => {
      const name = /^arn:[\w-]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(policy.text() ?? "")?.[1] ?? "";
      if (/^(?:AdministratorAccess|PowerUserAccess)|FullAccess$/.test(name)) {
        verdicts.violation(`${name} allows far more than is needed; write a policy`, { key: name });
      }
    });
  },
});

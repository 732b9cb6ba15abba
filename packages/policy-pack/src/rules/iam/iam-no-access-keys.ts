import { awsControl, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "iam-no-access-keys",
  description: "Stacks must not make long-lived access keys",
  severity: "high",
  references: [owaspServerless("SAS-2"), awsControl("IAM.3")],
  remediation: "Use a role, OIDC federation or IAM Identity Center",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  appliesTo: ["aws:iam/accessKey:AccessKey"],
  check: ({ props }, verdicts) => {
    if (props.at("status").text() === "Inactive") return;
    verdicts.violation("the key never expires, and is in the stack's state; use a role");
  },
});

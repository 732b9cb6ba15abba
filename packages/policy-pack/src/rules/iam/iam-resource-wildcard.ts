import { eachAllow, IDENTITY_POLICIES, ownerOf } from "../../policies.ts";
import { isNarrowed, matchesAction } from "../../policy-document.ts";
import { owaspApi, owaspServerless, paper, rule } from "../../rule.ts";

/**
 * Actions without resource-level permissions (AWS's service authorization reference), and those that Lambda's documentation
 * asks to be allowed on `*` for a function in a network: the interfaces are not there yet when the policy is written.
 */
const WITHOUT_RESOURCES = [
  "xray:Put*",
  "xray:GetSampling*",
  "cloudwatch:PutMetricData",
  "ec2:Describe*",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
  "logs:DescribeLogGroups",
  "logs:CreateLogDelivery",
  "logs:PutResourcePolicy",
  "s3:ListAllMyBuckets",
  "ecr:GetAuthorizationToken",
  "sts:GetCallerIdentity",
  "lambda:GetAccountSettings",
  "lambda:ListFunctions",
  "kms:ListKeys",
  "kms:ListAliases",
];

export default rule({
  name: "iam-resource-wildcard",
  description: "A policy must name the resources that an action is for",
  severity: "high",
  references: [owaspServerless("SAS-5"), owaspApi("API5"), paper("III.2.A")],
  remediation: "Name the ARNs; an action that has no resources belongs into a statement of its own",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  appliesTo: Object.keys(IDENTITY_POLICIES),
  stack: true,
  check: (subject, verdicts) => {
    const tagged = ownerOf(subject);
    eachAllow(subject, verdicts, (statement) => {
      const { label, actions, resources } = statement;
      if (!resources.includes("*") || isNarrowed(statement)) return;
      const narrowable = actions.filter(
        (action) => !WITHOUT_RESOURCES.some((pattern) => matchesAction(pattern, action)),
      );
      if (narrowable.length === 0) return;
      verdicts.violation(`statement ${label} allows ${narrowable.join(", ")} on every resource; name the ARNs`, {
        key: label,
        floor: `wildcard-${label}`,
        tagged,
      });
    });
  },
});

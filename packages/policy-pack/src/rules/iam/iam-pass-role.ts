import { eachAllow, IDENTITY_POLICIES } from "../../policies.ts";
import { matchesAction } from "../../policy-document.ts";
import { owaspApi, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "iam-pass-role",
  description: "iam:PassRole must name the roles and the service",
  severity: "high",
  references: [owaspServerless("SAS-5"), owaspApi("API5")],
  remediation: "Name the roles' ARNs and set the condition iam:PassedToService",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  appliesTo: Object.keys(IDENTITY_POLICIES),
  stack: true,
  check: (subject, verdicts) => {
    eachAllow(subject, verdicts, ({ label, actions, resources, conditions }) => {
      if (!actions.some((action) => matchesAction(action, "iam:PassRole"))) return;
      if (resources.some((resource) => /^\*$|:role\/\*$/.test(resource))) {
        verdicts.violation(`statement ${label} lets any role be passed on; name the roles`, {
          key: `${label}:resource`,
        });
      }
      const keys = conditions.entries().flatMap(([, each]) => each.entries().map(([key]) => key.toLowerCase()));
      if (!keys.includes("iam:passedtoservice")) {
        verdicts.violation(`statement ${label} passes roles to any service; add iam:PassedToService`, {
          key: `${label}:service`,
        });
      }
    });
  },
});

import { eachAllow, IDENTITY_POLICIES } from "../../policies.ts";
import { owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "iam-no-not-action",
  description: "A policy must not allow by exception",
  severity: "high",
  references: [owaspServerless("SAS-5")],
  remediation: "List what is allowed: NotAction also allows every service that AWS adds",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html",
  appliesTo: Object.keys(IDENTITY_POLICIES),
  stack: true,
  check: (subject, verdicts) => {
    eachAllow(subject, verdicts, ({ label, notActions }) => {
      if (notActions)
        verdicts.violation(`statement ${label} allows all but NotAction; list what is allowed`, { key: label });
    });
  },
});

import { eachAllow, IDENTITY_POLICIES, ownerOf } from "../../policies.ts";
import { owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "iam-action-wildcard",
  description: "A policy must list its actions one by one",
  severity: "medium",
  references: [owaspServerless("SAS-5"), paper("III.2.A")],
  remediation: "List the actions; a wildcard also allows what AWS adds later",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  appliesTo: Object.keys(IDENTITY_POLICIES),
  stack: true,
  check: (subject, verdicts) => {
    const tagged = ownerOf(subject);
    eachAllow(subject, verdicts, ({ label, actions }) => {
      const wide = actions.filter((action) => /:[^*]+\*|:.*\?|:\*+[^*]/.test(action));
      for (const action of wide) {
        verdicts.violation(`statement ${label} allows ${action}; list the actions`, {
          key: `${label}:${action}`,
          floor: `wildcard-${label}`,
          tagged,
        });
      }
    });
  },
});

import { eachAllow, IDENTITY_POLICIES } from "../../policies.ts";
import { controlUrl, fsbp, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "iam-no-service-wildcard",
  description: "A policy must not allow every action of a service",
  severity: "high",
  references: [fsbp("IAM.21"), owaspServerless("SAS-5"), paper("III.2.A")],
  remediation: "List the actions that are needed",
  url: controlUrl("iam"),
  appliesTo: Object.keys(IDENTITY_POLICIES),
  stack: true,
  check: (subject, verdicts) => {
    eachAllow(subject, verdicts, ({ label, actions }) => {
      const wide = actions.filter((action) => /^(?:\*|[a-z0-9-]+:\*+)$/i.test(action));
      for (const action of wide) {
        verdicts.violation(`statement ${label} allows ${action}; list the actions`, { key: `${label}:${action}` });
      }
    });
  },
});

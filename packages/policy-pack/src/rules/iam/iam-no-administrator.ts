import { eachAllow, IDENTITY_POLICIES } from "../../policies.ts";
import { controlUrl, fsbp, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "iam-no-administrator",
  description: "A policy must not allow every action on everything",
  severity: "critical",
  references: [fsbp("IAM.1"), owaspServerless("SAS-5"), paper("III.2.A")],
  remediation: "List the actions and resources that are needed",
  url: controlUrl("iam"),
  appliesTo: Object.keys(IDENTITY_POLICIES),
  stack: true,
  check: (subject, verdicts) => {
    eachAllow(subject, verdicts, ({ label, actions, resources }) => {
      if (actions.includes("*") && resources.includes("*")) {
        verdicts.violation(`statement ${label} allows everything; list what is needed`, { key: label });
      }
    });
  },
});

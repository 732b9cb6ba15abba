import { eachStatement } from "../../policies.ts";
import { isNarrowed } from "../../policy-document.ts";
import { owaspApi, owaspServerless, rule } from "../../rule.ts";

/** Services whose own documentation asks for aws:SourceAccount or aws:SourceArn in the trust policy. */
const DEPUTIES = [
  "cognito-idp.amazonaws.com",
  "delivery.logs.amazonaws.com",
  "monitoring.rds.amazonaws.com",
  "pipes.amazonaws.com",
  "scheduler.amazonaws.com",
  "states.amazonaws.com",
  "vpc-flow-logs.amazonaws.com",
];

export default rule({
  name: "iam-trust-confused-deputy",
  description: "A role for a service that acts for others must name the source account",
  severity: "medium",
  references: [owaspServerless("SAS-5"), owaspApi("API5")],
  remediation: "Add the condition aws:SourceAccount or aws:SourceArn to the trust policy",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
  appliesTo: ["aws:iam/role:Role"],
  check: ({ props }, verdicts) => {
    let found = false;
    eachStatement(props.at("assumeRolePolicy"), verdicts, (statement) => {
      const services = statement.services.filter((service) => DEPUTIES.includes(service));
      if (!statement.allows || services.length === 0) return;
      found = true;
      if (isNarrowed(statement)) return;
      const { label } = statement;
      verdicts.violation(`${services.join(", ")} may assume it for any account; add aws:SourceAccount`, { key: label });
    });
    if (!found && props.at("assumeRolePolicy").present)
      verdicts.notApplicable("no service that acts for others assumes it");
  },
});

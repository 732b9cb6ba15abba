import { eachStatement } from "../../policies.ts";
import { isNarrowed } from "../../policy-document.ts";
import { awsControl, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "vpc-endpoint-policy",
  description: "A network's endpoint must have a policy of its own",
  severity: "medium",
  references: [awsControl("VPC endpoint policies"), owaspServerless("SAS-6")],
  remediation: "Set policy to the actions and resources that the network needs",
  url: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
  appliesTo: ["aws:ec2/vpcEndpoint:VpcEndpoint"],
  check: ({ props }, verdicts) => {
    if (!props.at("policy").present)
      return verdicts.violation("anybody's data may leave through it to anybody's account; set policy");
    eachStatement(props.at("policy"), verdicts, (statement) => {
      if (
        statement.allows &&
        statement.everyone &&
        statement.actions.includes("*") &&
        statement.resources.includes("*") &&
        !isNarrowed(statement)
      ) {
        verdicts.violation(`statement ${statement.label} lets everything through; name actions and resources`, {
          key: statement.label,
        });
      }
    });
  },
});
